package confab.bus;

import static confab.bus.Inbox.meet;
import static confab.bus.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import confab.bus.Bus.Attachment;
import confab.bus.Bus.Offer;
import confab.bus.NatsConfig.Login;
import confab.protocol.RoomId;
import confab.rig.TestCertificate;
import confab.rig.process.NatsServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
      assertTheyMeet(server.uri(), new Login.UserPassword("edge", "s\"cret"), null);
    }
  }

  @Test
  void byToken() throws Exception {
    try (var server = NatsServer.started("authorization { token: \"t0ken\" }")) {
      assertTheyMeet(server.uri(), new Login.Token("t0ken"), null);
    }
  }

  @Test
  void byCredentialsFile() throws Exception {
    var operator = new NatsOperator();
    Path file = Files.writeString(folder.resolve("edge.creds"), operator.credentials());
    try (var server = NatsServer.started(operator.serverConfig())) {
      assertTheyMeet(server.uri(), new Login.CredentialsFile(file), null);
    }
  }

  @Test
  void overTlsToTheHostThatTheCertificateNames() throws Exception {
    var certificate = TestCertificate.make(folder, "dns:localhost");
    try (var server = NatsServer.started(tls(certificate))) {
      assertTheyMeet(server.uri("tls", "localhost"), new Login.Anonymous(), certificate.file());
      assertConnects(server.uri("nats", "localhost"), certificate.file());
      assertRefused(
          server.uri("tls", "127.0.0.1"), certificate.file(), "subject alternative names");
      assertRefused(
          server.uri("tls", "localhost"), null, "unable to find valid certification path");
      assertRefused(server.uri("nats", "localhost"), null, "SSL required by server");
    }
  }

  private static String tls(TestCertificate certificate) {
    return "tls { cert_file: \"%s\", key_file: \"%s\" }"
        .formatted(certificate.file(), certificate.key());
  }

  @Test
  void aWrongPasswordIsOneLineAndIsTriedAgainUntilItIsRight() throws Exception {
    try (var log = new LogLines();
        var server = NatsServer.started(PASSWORD);
        var bus = connect(server.uri(), new Login.UserPassword("edge", "wr0ng"), null)) {
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
        var bus = connect(server.uri(), new Login.UserPassword("edge", "pw"), null)) {
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

    assertRefusedAtOnce(server, new Login.CredentialsFile(missing), null, "missing cannot be read");
    assertRefusedAtOnce(
        server, new Login.CredentialsFile(text), null, "is not a file of NATS credentials");
    assertRefusedAtOnce(server, new Login.Anonymous(), missing, "missing cannot be read");
    assertRefusedAtOnce(server, new Login.Anonymous(), text, "holds no certificate in PEM form");
  }

  private static void assertRefusedAtOnce(
      URI server, Login login, @Nullable Path trust, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect(server, login, trust))
        .withMessageContaining(why);
  }

  private static void assertTheyMeet(URI server, Login login, @Nullable Path trust) {
    var atB = new Inbox();
    try (Bus busA = connect(server, login, trust);
        Bus busB = connect(server, login, trust)) {
      busB.attach(DEMO, atB);
      meet(busA.attach(DEMO, new Inbox()), atB);
    }
  }

  private static void assertConnects(URI server, @Nullable Path trust) {
    try (Bus bus = connect(server, new Login.Anonymous(), trust)) {
      soon().until(bus::isConnected);
    }
  }

  private static void assertRefused(URI server, @Nullable Path trust, String why) {
    try (var log = new LogLines();
        Bus bus = connect(server, new Login.Anonymous(), trust)) {
      soon().untilAsserted(() -> assertThat(log.lines().toString()).contains(why));
      assertThat(bus.isConnected()).isFalse();
    }
  }

  private static NatsBus connect(URI server, Login login, @Nullable Path trust) {
    return NatsBus.connect(new NatsConfig(List.of(server), login, trust, "edge"));
  }
}
