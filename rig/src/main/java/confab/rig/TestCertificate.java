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

/// A certificate that vouches for itself, and its key, made by the JDK's keytool.
///
/// @param file the certificate in PEM form
public record TestCertificate(Path file, Path key) {
  private static final String PASSWORD = "changeit";

  /// @param names as keytool takes them: `ip:127.0.0.1,dns:localhost`
  public static TestCertificate make(Path folder, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String options =
        "-genkeypair -alias it -keyalg EC -groupname secp256r1 -dname CN=test -validity 2"
            + " -storetype PKCS12 -storepass %s -keystore %s -ext san=%s"
                .formatted(PASSWORD, store, names);
    var command = new ProcessBuilder(keytool.toString());
    command.command().addAll(List.of(options.split(" ")));
    if (command.redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    var keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
    return new TestCertificate(
        write(folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("it").getEncoded()),
        write(
            folder.resolve("key.pem"),
            "PRIVATE KEY",
            keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path write(Path file, String what, byte[] der) throws IOException {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, lines.encodeToString(der), what));
  }
}
