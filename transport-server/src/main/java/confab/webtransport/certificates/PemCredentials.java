package confab.webtransport.certificates;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
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

  private record Stamp(FileTime certificate, FileTime key) {}

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
    return new Stamp(modified(certificateFile), modified(keyFile));
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static Credentials read(Path certificateFile, Path keyFile) throws CertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object object : objects(certificateFile)) {
      if (object instanceof X509CertificateHolder holder) {
        chain.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateException(certificateFile + " holds no certificate in PEM form");
    }
    PrivateKey key = readKey(keyFile);
    if (!belongTogether(key, chain.getFirst())) {
      throw new CertificateException(
          keyFile + " is not the key of the certificate in " + certificateFile);
    }
    return new Credentials(key, chain);
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
    try {
      String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException(keyFile + " holds a key of a kind that is not supported", e);
    }
  }

  private static List<Object> objects(Path file) throws CertificateException {
    List<Object> objects = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file);
        var parser = new PEMParser(reader)) {
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

  /// Signs with the one and verifies with the other.
  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
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
