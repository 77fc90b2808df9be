package confab.webtransport.certificates;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.bus.LocalBus;
import confab.rig.Patience;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.webtransport.QuicEngine;
import confab.webtransport.ServerFixture;
import confab.webtransport.WebTransportConfig;
import confab.webtransport.WebTransportServer;
import confab.webtransport.kwik.RawParticipant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class CertificatesTest {
  private static final Instant NOW = Instant.now();

  private final QuicEngine engine;
  @TempDir private Path directory;

  CertificatesTest(QuicEngine engine) {
    this.engine = engine;
  }

  // --- self-made ---

  @Test
  void aSelfMadeCertificateIsWhatBrowsersAcceptByHash() throws Exception {
    var source = new SelfMadeCredentials(List.of("localhost", "192.0.2.1", "::1"), NOW);
    X509Certificate certificate = source.current().certificate();

    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(certificate.getPublicKey().toString()).contains("secp256r1");
    assertThat(validity(certificate)).isLessThan(Duration.ofDays(14));
    certificate.checkValidity(Date.from(NOW));
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactly("localhost", "192.0.2.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void theNextCertificateIsAnnouncedATermAheadAndStillValidWhenItIsReplaced() throws Exception {
    var source = new SelfMadeCredentials(List.of("localhost"), NOW);
    Instant time = NOW;
    for (int term = 0; term < 5; term++) {
      byte[] announced = source.hashes().get(1);
      assertThat(source.refresh(time.plus(SelfMadeCredentials.TERM).minusSeconds(1))).isFalse();
      source.current().certificate().checkValidity(Date.from(time.plus(SelfMadeCredentials.TERM)));
      time = time.plus(SelfMadeCredentials.TERM);
      assertThat(source.refresh(time)).isTrue();
      assertThat(source.current().sha256()).isEqualTo(announced).isEqualTo(source.hashes().get(0));
    }
  }

  @Test
  void afterALongSleepTheCertificateIsFresh() throws Exception {
    var source = new SelfMadeCredentials(List.of("localhost"), NOW);
    Instant later = NOW.plus(Duration.ofDays(100));
    assertThat(source.refresh(later)).isTrue();
    source.current().certificate().checkValidity(Date.from(later));
    assertThat(validity(source.current().certificate())).isLessThan(Duration.ofDays(14));
  }

  @Test
  void aCertificateOfAClockThatWasAheadIsReplacedOnceTheClockIsRight() throws Exception {
    var source = new SelfMadeCredentials(List.of("localhost"), NOW.plus(Duration.ofDays(3)));
    assertThat(source.refresh(NOW)).isTrue();
    source.current().certificate().checkValidity(Date.from(NOW));
    assertThat(source.refresh(NOW)).isFalse();
  }

  private static Duration validity(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  // --- from files ---

  /// Who only looks on while certificates change is not given up for silence.
  private static final RoomLimits PATIENT =
      RoomLimits.defaults()
          .with(
              it -> {
                it.idleTimeout = Patience.LIMIT;
                it.resumeWindow = Patience.LIMIT;
              });

  private WebTransportConfig config() {
    return new WebTransportConfig(
        new InetSocketAddress("127.0.0.1", 0), "/wt", Patience.LIMIT, engine);
  }

  @ParameterizedTest
  @CsvSource({"EC, true", "EC, false", "RSA, true", "RSA, false"})
  void keysOfEveryUsualFormAreRead(String algorithm, boolean pkcs8) throws Exception {
    Pair made = Pair.make(algorithm);
    write(made, pkcs8);
    try (var certificates = Certificates.fromFiles(certificateFile(), keyFile())) {
      assertThat(certificates.current().certificate()).isEqualTo(made.certificate());
      assertThat(certificates.selfMade()).isFalse();
      assertThat(presentedOverTls(certificates)).isEqualTo(made.certificate());
      assertThat(presentedOverQuic(certificates)).isEqualTo(made.certificate());
    }
  }

  @Test
  void filesThatChangeAreServedOnTcpAndUdpWithoutARestart() throws Exception {
    write(Pair.make("EC"), true);
    try (var certificates = Certificates.fromFiles(certificateFile(), keyFile());
        var rooms = new Rooms("test", LocalBus.alone(), PATIENT);
        var server = WebTransportServer.start(config(), rooms, certificates)) {
      try (var alice = RawParticipant.join(server.address(), "demo", "alice")) {
        Pair renewed = Pair.make("RSA");
        write(renewed, true);
        touch(Instant.now().plusSeconds(10));

        await().until(() -> certificates.current().certificate().equals(renewed.certificate()));
        assertThat(presentedOverTls(certificates)).isEqualTo(renewed.certificate());
        await()
            .untilAsserted(
                () -> {
                  try (var bob = RawParticipant.join(server.address(), "demo", "bob")) {
                    assertThat(bob.certificates).containsExactly(renewed.certificate());
                  }
                });
        assertThat(alice.gone).isFalse();
      }
    }
  }

  /// Not a new file by its time.
  @Test
  void aFileThatIsReplacedByOneOfTheSameTimeIsServed() throws Exception {
    write(Pair.make("EC"), true);
    touch(NOW);
    var source = new PemCredentials(certificateFile(), keyFile());
    Pair renewed = Pair.make("EC");
    write(renewed, true);
    touch(NOW);
    assertThat(source.refresh(NOW)).isTrue();
    assertThat(source.current().certificate()).isEqualTo(renewed.certificate());
    assertThat(source.refresh(NOW)).isFalse();
  }

  @Test
  void aKeyThatBrowsersDoNotTakeIsRefusedAtStartAndLeavesTheFormerOneLater() throws Exception {
    Pair former = Pair.make("EC");
    write(former, true);
    var source = new PemCredentials(certificateFile(), keyFile());
    write(Pair.make("Ed25519"), true);
    assertThat(source.refresh(NOW)).isFalse();
    assertThat(source.current().certificate()).isEqualTo(former.certificate());
    assertRefused(
        certificateFile(), keyFile(), "key.pem holds a key for Ed25519; RSA and ECDSA are taken");
  }

  @Test
  void whatStandsAroundAndHowItIsSortedDoesNotMatter() throws Exception {
    Pair own = Pair.make("EC");
    Pair other = Pair.make("RSA");
    write(own, true);
    String pem = Files.readString(certificateFile());
    List<String> forms =
        List.of(
            "\ufeff" + pem,
            "Gr\u00fc\u00dfe\n" + pem,
            Pair.pem(other.certificate(), false) + pem,
            pem + Files.readString(keyFile()));
    for (String form : forms) {
      for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
        Files.writeString(certificateFile(), form.replace("\ufeff", ""), charset);
        if (form.startsWith("\ufeff")) {
          Files.writeString(certificateFile(), form);
        }
        var read = new PemCredentials(certificateFile(), keyFile()).current();
        assertThat(read.certificate()).isEqualTo(own.certificate());
      }
    }
  }

  /// As `openssl x509 -trustout` writes it: the certificate, and behind it whom it is trusted for.
  @Test
  void aTrustedCertificateIsOne() throws Exception {
    Pair own = Pair.make("EC");
    write(own, true);
    byte[] trust = {0x30, 0};
    var der = new ByteArrayOutputStream();
    der.writeBytes(own.certificate().getEncoded());
    der.writeBytes(trust);
    Files.writeString(
        certificateFile(),
        "-----BEGIN TRUSTED CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der.toByteArray())
            + "\n-----END TRUSTED CERTIFICATE-----\n");
    var read = new PemCredentials(certificateFile(), keyFile()).current();
    assertThat(read.certificate()).isEqualTo(own.certificate());
  }

  @Test
  void newFilesThatCannotBeUsedChangeNothing() throws Exception {
    Pair good = Pair.make("EC");
    write(good, true);
    var source = new PemCredentials(certificateFile(), keyFile());
    Files.writeString(keyFile(), "garbage");
    touch(Instant.now().plusSeconds(10));
    assertThat(source.refresh(NOW)).isFalse();
    assertThat(source.current().certificate()).isEqualTo(good.certificate());
  }

  @Test
  void whatIsWrongWithWhichFileIsSaidInOneLine() throws Exception {
    write(Pair.make("EC"), true);
    assertRefused(directory.resolve("none.pem"), keyFile(), "none.pem does not exist");
    assertRefused(keyFile(), keyFile(), "key.pem holds no certificate");
    assertRefused(certificateFile(), certificateFile(), "holds no unencrypted private key");
    assertRefused(directory, keyFile(), "cannot be read");
    Path other = directory.resolve("other.pem");
    Files.writeString(other, Pair.pem(Pair.make("EC").keys().getPrivate(), true));
    assertRefused(certificateFile(), other, "is not the key of the certificate");
    Files.writeString(other, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused(certificateFile(), other, "other.pem");
  }

  private static void assertRefused(Path certificate, Path key, String why) {
    assertThatThrownBy(() -> Certificates.fromFiles(certificate, key))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }

  // --- making and meeting certificates ---

  private void write(Pair pair, boolean pkcs8) throws IOException {
    Files.writeString(certificateFile(), Pair.pem(pair.certificate(), false));
    Files.writeString(keyFile(), Pair.pem(pair.keys().getPrivate(), pkcs8));
  }

  private void touch(Instant time) throws IOException {
    var stamp = java.nio.file.attribute.FileTime.from(time);
    Files.setLastModifiedTime(certificateFile(), stamp);
    Files.setLastModifiedTime(keyFile(), stamp);
  }

  private Path certificateFile() {
    return directory.resolve("cert.pem");
  }

  private Path keyFile() {
    return directory.resolve("key.pem");
  }

  private X509Certificate presentedOverQuic(Certificates certificates) throws Exception {
    try (var rooms = new Rooms("test", LocalBus.alone(), RoomLimits.defaults());
        var server = WebTransportServer.start(ServerFixture.config(engine), rooms, certificates);
        var alice = RawParticipant.join(server.address(), "demo", "alice")) {
      return alice.certificates.getFirst();
    }
  }

  private static X509Certificate presentedOverTls(Certificates certificates) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (var server =
            (SSLServerSocket)
                certificates
                    .sslContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, loopback);
        var socket =
            (SSLSocket) context.getSocketFactory().createSocket(loopback, server.getLocalPort())) {
      Thread.startVirtualThread(() -> handshake(server));
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void handshake(SSLServerSocket server) {
    try (var accepted = (SSLSocket) server.accept()) {
      accepted.startHandshake();
    } catch (IOException e) {
      // The other end says what went wrong.
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
