package confab.webtransport.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A private key and the certificates that vouch for it, the server's own first.
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
  public static final String ALIAS = "edge";
  private static final char[] PASSWORD = "in memory only".toCharArray();

  public Credentials {
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// What `serverCertificateHashes` of a page compares: SHA-256 of the DER form.
  byte[] sha256() {
    return sha256(certificate());
  }

  static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate has a DER form", e);
    }
  }

  /// A key store for libraries that want one; [#password] opens its only entry, [#ALIAS].
  public KeyStore toKeyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, PASSWORD, chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("a key store in memory", e);
    }
  }

  public static char[] password() {
    return PASSWORD.clone();
  }
}
