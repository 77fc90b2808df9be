package confab.webtransport.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// A certificate that vouches for itself, and its keys.
record Pair(KeyPair keys, X509Certificate certificate) {
  private static final Instant NOW = Instant.now();

  static Pair make(String algorithm) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (!algorithm.equals("Ed25519")) {
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    }
    KeyPair keys = generator.generateKeyPair();
    var name = new X500Name("CN=localhost");
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(NOW.minusSeconds(60)),
            Date.from(NOW.plusSeconds(3600)),
            name,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    var signer =
        new JcaContentSignerBuilder(
                switch (algorithm) {
                  case "EC" -> "SHA256withECDSA";
                  case "RSA" -> "SHA256withRSA";
                  default -> algorithm;
                })
            .build(keys.getPrivate());
    return new Pair(
        keys,
        new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
            .getCertificate(builder.build(signer)));
  }

  static String pem(Object object, boolean pkcs8) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      if (pkcs8) {
        writer.writeObject(new JcaPKCS8Generator((PrivateKey) object, null));
      } else if (object instanceof ECPrivateKey key) {
        // As openssl writes it, with the curve.
        var sec1 =
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, key.getS(), SECObjectIdentifiers.secp256r1);
        writer.writeObject(new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
      } else {
        writer.writeObject(new JcaMiscPEMGenerator(object));
      }
    }
    return text.toString();
  }
}
