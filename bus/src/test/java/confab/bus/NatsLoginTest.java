package confab.bus;

import static confab.bus.Inbox.meet;
import static confab.bus.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import confab.bus.Bus.Attachment;
import confab.bus.Bus.Offer;
import confab.bus.NatsConfig.Login;
import confab.bus.NatsConfig.Tls;
import confab.protocol.RoomId;
import confab.rig.TestCertificate;
import confab.rig.process.NatsServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may log in where, and what a person is told who did something wrong.
class NatsLoginTest {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));
  private static final String PASSWORD = "authorization { user: edge, password: \"s\\\"cret\" }";

  @TempDir Path folder;

  @Test
  void byUserAndPassword() throws Exception {
    try (var server = NatsServer.started(PASSWORD)) {
      assertTheyMeet(server.uri(), new Login.UserPassword("edge", "s\"cret"), Tls.DEFAULT);
    }
  }

  @Test
  void byToken() throws Exception {
    try (var server = NatsServer.started("authorization { token: \"t0ken\" }")) {
      assertTheyMeet(server.uri(), new Login.Token("t0ken"), Tls.DEFAULT);
    }
  }

  @Test
  void byCredentialsFile() throws Exception {
    var operator = new NatsOperator();
    Path file = Files.writeString(folder.resolve("edge.creds"), operator.credentials());
    try (var server = NatsServer.started(operator.serverConfig())) {
      assertTheyMeet(server.uri(), new Login.CredentialsFile(file), Tls.DEFAULT);
    }
  }

  @Test
  void overTlsToTheHostThatTheCertificateNames() throws Exception {
    var certificate = TestCertificate.make(folder, "dns:localhost");
    try (var server = NatsServer.started(tls(certificate))) {
      assertTheyMeet(
          server.uri("tls", "localhost"), new Login.Anonymous(), trusting(certificate.file()));
      assertConnects(server.uri("nats", "localhost"), trusting(certificate.file()));
      assertRefused(
          server.uri("tls", "127.0.0.1"),
          trusting(certificate.file()),
          "subject alternative names");
      assertRefused(
          server.uri("tls", "localhost"), Tls.DEFAULT, "unable to find valid certification path");
      assertRefused(server.uri("nats", "localhost"), Tls.DEFAULT, "SSL required by server");
    }
  }

  private static Tls trusting(Path file) {
    return new Tls(file, null, null);
  }

  private static String tls(TestCertificate certificate) {
    return "tls { cert_file: \"%s\", key_file: \"%s\" }"
        .formatted(certificate.file(), certificate.key());
  }

  @Test
  void byACertificateOfItsOwn() throws Exception {
    var certificate = TestCertificate.make(folder, "dns:localhost");
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(certificate.key()));
    Files.writeString(both, Files.readString(certificate.file()), StandardOpenOption.APPEND);
    String asking =
        tls(certificate).replace(" }", ", ca_file: \"%s\", verify: true }".formatted(both));
    try (var server = NatsServer.started(asking)) {
      URI localhost = server.uri("nats", "localhost");
      assertRefused(localhost, trusting(certificate.file()), "the server asks for a certificate");
      for (Tls tls :
          List.of(
              new Tls(certificate.file(), certificate.file(), certificate.key()),
              new Tls(certificate.file(), both, null))) {
        try (Bus bus = connect(localhost, new Login.Anonymous(), tls)) {
          soon().until(bus::isConnected);
        }
      }
    }
  }

  @Test
  void aWrongPasswordIsOneLineAndIsTriedAgainUntilItIsRight() throws Exception {
    try (var log = new LogLines();
        var server = NatsServer.started(PASSWORD);
        var bus = connect(server.uri(), new Login.UserPassword("edge", "wr0ng"), Tls.DEFAULT)) {
      Attachment attachment = bus.attach(DEMO, new Inbox());
      soon().until(() -> !log.lines().isEmpty());
      // An attempt takes two seconds: jnats waits for more than the refusal.
      soon().during(Duration.ofMillis(2500)).until(() -> log.lines().size() == 1);
      assertThat(log.lines().getFirst())
          .contains("WARN", "Authorization Violation", server.uri().toString())
          .doesNotContain("wr0ng");
      assertThat(attachment.publish(Bus.Channel.MEDIA, new byte[1])).isEqualTo(Offer.DISCONNECTED);
      assertThat(bus.stats().disconnects()).isZero();

      server.kill();
      server.start(PASSWORD.replace("s\\\"cret", "wr0ng"));
      soon().until(bus::isConnected);
    }
  }

  @Test
  void whatAServerDoesNotPermitIsALine() throws Exception {
    String noRooms =
        """
        authorization { users: [
          { user: edge, password: pw, permissions: { subscribe: "confab.edges.*" } } ] }
        """;
    try (var log = new LogLines();
        var server = NatsServer.started(noRooms);
        var bus = connect(server.uri(), new Login.UserPassword("edge", "pw"), Tls.DEFAULT)) {
      bus.attach(DEMO, new Inbox());
      soon().until(() -> log.lines().stream().anyMatch(line -> line.contains("confab.room.demo")));
      assertThat(bus.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:4222",
        "nats://",
        "nats:///x",
        "http://host:4222",
        "nats://host:port",
        "nats://host:4222/x",
        "nats://host:4222?x",
        "two words"
      })
  void whatIsNoAddressIsToldInOneLine(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NatsConfig.server(text))
        .withMessage("'" + text + "' is not the address of a NATS server, like nats://host:4222");
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNotRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NatsConfig.server("nats://edge:s3cret@host:4222"))
        .withMessageNotContaining("s3cret");
    assertThat(new Login.UserPassword("edge", "s3cret").toString()).doesNotContain("s3cret");
    assertThat(new Login.Token("s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void filesThatCannotBeUsedAreToldInOneLine() throws Exception {
    URI server = NatsConfig.server("nats://localhost");
    Path missing = folder.resolve("missing");
    Path text = Files.writeString(folder.resolve("text"), "neither this nor that");

    assertRefusedAtOnce(
        server, new Login.CredentialsFile(missing), Tls.DEFAULT, "missing cannot be read");
    assertRefusedAtOnce(
        server, new Login.CredentialsFile(text), Tls.DEFAULT, "is not a file of NATS credentials");
    assertRefusedAtOnce(server, new Login.Anonymous(), trusting(missing), "missing does not exist");
    assertRefusedAtOnce(
        server, new Login.Anonymous(), trusting(text), "holds no certificate in PEM form");
  }

  private static void assertRefusedAtOnce(URI server, Login login, Tls tls, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect(server, login, tls))
        .withMessageContaining(why);
  }

  private static void assertTheyMeet(URI server, Login login, Tls tls) {
    var atB = new Inbox();
    try (Bus busA = connect(server, login, tls);
        Bus busB = connect(server, login, tls)) {
      busB.attach(DEMO, atB);
      meet(busA.attach(DEMO, new Inbox()), atB);
    }
  }

  private static void assertConnects(URI server, Tls tls) {
    try (Bus bus = connect(server, new Login.Anonymous(), tls)) {
      soon().until(bus::isConnected);
    }
  }

  private static void assertRefused(URI server, Tls tls, String why) {
    try (var log = new LogLines();
        Bus bus = connect(server, new Login.Anonymous(), tls)) {
      soon().untilAsserted(() -> assertThat(log.lines().toString()).contains(why));
      assertThat(bus.isConnected()).isFalse();
    }
  }

  private static NatsBus connect(URI server, Login login, Tls tls) {
    return NatsBus.connect(new NatsConfig(List.of(server), login, tls, "edge"));
  }
}
