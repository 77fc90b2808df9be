package confab.protocol.webtransport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/// Trusts exactly the certificates whose SHA-256 is on a list, as browsers do with
/// `serverCertificateHashes`. Who signed a certificate and for which name does not matter; whether
/// it is valid today does.
public final class PinnedTrust implements X509TrustManager {
  private final Set<String> hashes;

  /// @param hashes base64 of SHA-256 of the DER form
  public PinnedTrust(Collection<String> hashes) {
    this.hashes = Set.copyOf(hashes);
  }

  /// Trusts this one certificate.
  public static PinnedTrust of(X509Certificate certificate) throws CertificateException {
    return new PinnedTrust(Set.of(hash(certificate)));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain == null || chain.length == 0 || !hashes.contains(hash(chain[0]))) {
      throw new CertificateException("certificate is not one of those the edge announced");
    }
    chain[0].checkValidity();
  }

  static String hash(X509Certificate certificate) throws CertificateException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
