package confab.pem;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// A private key and the certificates that vouch for it, the key's own first.
public record PemPair(PrivateKey key, List<X509Certificate> chain) {
  public PemPair {
    chain = List.copyOf(chain);
  }

  /// The two files may be one.
  ///
  /// @throws CertificateException with one line that says what is wrong with which file
  public static PemPair read(Path certificateFile, Path keyFile) throws CertificateException {
    List<X509Certificate> found = PemFile.certificates(certificateFile);
    PrivateKey key = PemFile.key(keyFile);
    X509Certificate own =
        found.stream()
            .filter(each -> belongTogether(key, each))
            .findFirst()
            .orElseThrow(
                () ->
                    new CertificateException(
                        keyFile + " is not the key of the certificate in " + certificateFile));
    return new PemPair(key, chain(own, found));
  }

  /// Each certificate behind the one that it vouches for, in whatever order they were found.
  private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> found) {
    List<X509Certificate> rest = new ArrayList<>(found);
    List<X509Certificate> chain = new ArrayList<>();
    for (X509Certificate next = own; next != null; ) {
      chain.add(next);
      rest.remove(next);
      var issuer = next.getIssuerX500Principal();
      next =
          rest.stream()
              .filter(each -> each.getSubjectX500Principal().equals(issuer))
              .findFirst()
              .orElse(null);
    }
    return chain;
  }

  /// Signs with the one and verifies with the other.
  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
