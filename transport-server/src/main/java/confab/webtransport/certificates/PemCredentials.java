package confab.webtransport.certificates;

import confab.pem.PemPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Credentials in PEM files (PKCS#8, PKCS#1 or SEC 1 keys), read again when the files change. New
/// files that cannot be used are reported once, and the old credentials stay.
final class PemCredentials implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(PemCredentials.class);

  private final Path certificateFile;
  private final Path keyFile;
  private volatile Credentials current;
  // Owned by the thread that calls refresh.
  private Stamp stamp;

  /// What the files hold; times of change can be the same for different files. Empty for one that
  /// cannot be read.
  private record Stamp(String certificate, String key) {}

  /// @throws CertificateException with one line that says what is wrong with which file
  PemCredentials(Path certificateFile, Path keyFile) throws CertificateException {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    current = read();
    stamp = stamp();
  }

  @Override
  public Credentials current() {
    return current;
  }

  @Override
  public List<byte[]> hashes() {
    return List.of();
  }

  @Override
  public boolean refresh(Instant now) {
    Stamp seen = stamp();
    if (seen.equals(stamp)) {
      return false;
    }
    stamp = seen;
    try {
      current = read();
      LOG.atInfo()
          .addKeyValue("notAfter", current.certificate().getNotAfter().toInstant())
          .log("certificate reloaded");
      return true;
    } catch (CertificateException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("certificate not reloaded");
      return false;
    }
  }

  private Stamp stamp() {
    return new Stamp(content(certificateFile), content(keyFile));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private Credentials read() throws CertificateException {
    PemPair pair = PemPair.read(certificateFile, keyFile);
    return new Credentials(pair.key(), pair.chain());
  }
}
