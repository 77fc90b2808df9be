package confab.webtransport.certificates;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Credentials in PEM files (PKCS#8, PKCS#1 or SEC 1 keys), read again when the files change. New
/// files that cannot be used are reported once, and the old credentials stay.
final class PemCredentials implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(PemCredentials.class);

  /// What the JDK calls the keys that browsers take, by the identifiers of their algorithms.
  private static final Map<String, String> NAMES =
      Map.of("1.2.840.10045.2.1", "EC", "1.2.840.113549.1.1.1", "RSA");

  private static final Map<String, String> OTHERS =
      Map.of(
          "1.3.101.112", "for Ed25519",
          "1.3.101.113", "for Ed448",
          "1.2.840.113549.1.1.10", "for RSA-PSS alone",
          "1.2.840.10040.4.1", "for DSA");

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
    current = read(certificateFile, keyFile);
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
      current = read(certificateFile, keyFile);
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
      return text(file);
    } catch (IOException e) {
      return "";
    }
  }

  /// Around the PEM there may be text of any encoding.
  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static Credentials read(Path certificateFile, Path keyFile) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    var converter = new JcaX509CertificateConverter();
    for (Object object : objects(certificateFile)) {
      switch (object) {
        case X509CertificateHolder holder -> found.add(converter.getCertificate(holder));
        case X509TrustedCertificateBlock trusted ->
            found.add(converter.getCertificate(trusted.getCertificateHolder()));
        default -> {
          // A key, perhaps, in the same file.
        }
      }
    }
    if (found.isEmpty()) {
      throw new CertificateException(certificateFile + " holds no certificate in PEM form");
    }
    PrivateKey key = readKey(keyFile);
    X509Certificate own =
        found.stream()
            .filter(each -> belongTogether(key, each))
            .findFirst()
            .orElseThrow(
                () ->
                    new CertificateException(
                        keyFile + " is not the key of the certificate in " + certificateFile));
    return new Credentials(key, chain(own, found));
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

  private static PrivateKey readKey(Path keyFile) throws CertificateException {
    for (Object object : objects(keyFile)) {
      if (object instanceof PEMKeyPair pair) {
        return toKey(pair.getPrivateKeyInfo(), keyFile);
      }
      if (object instanceof PrivateKeyInfo info) {
        return toKey(info, keyFile);
      }
    }
    throw new CertificateException(keyFile + " holds no unencrypted private key in PEM form");
  }

  private static PrivateKey toKey(PrivateKeyInfo info, Path keyFile) throws CertificateException {
    String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
    String name = NAMES.get(algorithm);
    if (name == null) {
      String kind = OTHERS.getOrDefault(algorithm, "of kind " + algorithm);
      throw new CertificateException(
          "%s holds a key %s; browsers take RSA and ECDSA".formatted(keyFile, kind));
    }
    try {
      return KeyFactory.getInstance(name)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException(keyFile + " holds a key of a kind that is not supported", e);
    }
  }

  private static List<Object> objects(Path file) throws CertificateException {
    List<Object> objects = new ArrayList<>();
    try (var parser = new PEMParser(new StringReader(pem(file)))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
    } catch (NoSuchFileException e) {
      throw new CertificateException(file + " does not exist", e);
    } catch (IOException | RuntimeException e) {
      throw new CertificateException(file + " cannot be read as PEM: " + e.getMessage(), e);
    }
    return objects;
  }

  /// From the first line of PEM on, which a byte order mark may stand before.
  private static String pem(Path file) throws IOException {
    String text = text(file);
    return text.substring(Math.max(0, text.indexOf("-----BEGIN ")));
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
