package confab.rig;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that vouches for itself, and its key, made by the JDK's keytool.
///
/// @param file the certificate in PEM form
/// @param store both
public record TestCertificate(Path file, Path key, KeyStore store) {
  private static final String PASSWORD = "changeit";

  /// @param names as keytool takes them: `ip:127.0.0.1,dns:localhost`
  public static TestCertificate make(Path folder, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String options =
        "-genkeypair -alias it -keyalg EC -groupname secp256r1 -dname CN=test -validity 2"
            + " -storetype PKCS12 -storepass %s -keystore %s -ext san=%s"
                .formatted(PASSWORD, file, names);
    var command = new ProcessBuilder(keytool.toString());
    command.command().addAll(List.of(options.split(" ")));
    if (command.redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    var keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
    return new TestCertificate(
        write(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("it").getEncoded()),
        write(
            folder.resolve("key.pem"),
            "PRIVATE KEY",
            keys.getKey("it", PASSWORD.toCharArray()).getEncoded()),
        keys);
  }

  /// For a server that shows the certificate, and for clients that trust no other.
  public SSLContext tls() throws GeneralSecurityException {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    var trust = KeyStore.getInstance("PKCS12");
    try {
      trust.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trust.setCertificateEntry("it", store.getCertificate("it"));
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    var tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return tls;
  }

  private static Path write(Path file, String what, byte[] der) throws IOException {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, lines.encodeToString(der), what));
  }
}
