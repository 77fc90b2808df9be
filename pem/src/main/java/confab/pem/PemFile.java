package confab.pem;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;

/// What a PEM file holds (RFC 7468), with whatever stands around it. Each call reads the file anew.
public final class PemFile {
  /// What the JDK calls the keys that browsers take, by the identifiers of their algorithms.
  private static final Map<String, String> NAMES =
      Map.of("1.2.840.10045.2.1", "EC", "1.2.840.113549.1.1.1", "RSA");

  private static final Map<String, String> OTHERS =
      Map.of(
          "1.3.101.112", "for Ed25519",
          "1.3.101.113", "for Ed448",
          "1.2.840.113549.1.1.10", "for RSA-PSS alone",
          "1.2.840.10040.4.1", "for DSA");

  private PemFile() {}

  /// At least one, in the file's order.
  ///
  /// @throws CertificateException with one line that says what is wrong with the file
  public static List<X509Certificate> certificates(Path file) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    var converter = new JcaX509CertificateConverter();
    for (Object object : objects(file)) {
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
      throw new CertificateException(file + " holds no certificate in PEM form");
    }
    return found;
  }

  /// The first (PKCS#8, PKCS#1 or SEC 1, unencrypted), for RSA or ECDSA.
  ///
  /// @throws CertificateException with one line that says what is wrong with the file
  public static PrivateKey key(Path file) throws CertificateException {
    for (Object object : objects(file)) {
      if (object instanceof PEMKeyPair pair) {
        return toKey(pair.getPrivateKeyInfo(), file);
      }
      if (object instanceof PrivateKeyInfo info) {
        return toKey(info, file);
      }
    }
    throw new CertificateException(file + " holds no unencrypted private key in PEM form");
  }

  private static PrivateKey toKey(PrivateKeyInfo info, Path file) throws CertificateException {
    String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
    String name = NAMES.get(algorithm);
    if (name == null) {
      String kind = OTHERS.getOrDefault(algorithm, "of kind " + algorithm);
      throw new CertificateException(
          "%s holds a key %s; RSA and ECDSA are taken".formatted(file, kind));
    }
    try {
      return KeyFactory.getInstance(name)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException(file + " holds a key of a kind that is not supported", e);
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

  /// From the first line of PEM on, which a byte order mark may stand before. Around the PEM there
  /// may be text of any encoding.
  private static String pem(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return text.substring(Math.max(0, text.indexOf("-----BEGIN ")));
  }
}
