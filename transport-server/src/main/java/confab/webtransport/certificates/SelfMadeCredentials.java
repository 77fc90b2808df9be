package confab.webtransport.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that no authority vouches for and that pages accept by their hash: ECDSA with
/// P-256, valid for less than 14 days (W3C WebTransport, "custom certificate requirements").
///
/// The next certificate is always made one term ahead and its hash told together with the current
/// one's, so a page that asked just before a renewal still connects after it.
final class SelfMadeCredentials implements CredentialSource {
  /// How long a certificate is served.
  static final Duration TERM = Duration.ofDays(6);

  /// A certificate waits one term, serves one, and outlasts it by a day; with the hour by which it
  /// is back-dated for clocks that are slow, that is 13 days and an hour.
  private static final Duration VALIDITY = TERM.multipliedBy(2).plusDays(1);

  private static final Duration BACKDATED = Duration.ofHours(1);
  private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  private final Collection<String> names;
  private volatile Served served;

  /// What is served, what will be, and from when on.
  private record Served(Credentials current, Credentials next, Instant nextFrom) {}

  /// @param names host names and IP addresses under which the edge is reached
  SelfMadeCredentials(Collection<String> names, Instant now) {
    this.names = List.copyOf(names);
    served = new Served(make(now), make(now), now.plus(TERM));
  }

  @Override
  public Credentials current() {
    return served.current();
  }

  @Override
  public List<byte[]> hashes() {
    Served now = served;
    return List.of(now.current().sha256(), now.next().sha256());
  }

  @Override
  public boolean refresh(Instant now) {
    Served before = served;
    if (now.isBefore(before.nextFrom()) && isValid(before.current(), now)) {
      return false;
    }
    // After a long sleep of the machine, or with a clock that was wrong, the prepared one may be of
    // no use either.
    boolean inOrder = isValid(before.next(), now) && !now.isAfter(before.nextFrom().plus(TERM));
    served = new Served(inOrder ? before.next() : make(now), make(now), now.plus(TERM));
    return true;
  }

  private static boolean isValid(Credentials credentials, Instant now) {
    X509Certificate certificate = credentials.certificate();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && now.isBefore(certificate.getNotAfter().toInstant());
  }

  private Credentials make(Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new Credentials(keys.getPrivate(), List.of(certificate(keys, now)));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private X509Certificate certificate(KeyPair keys, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var subject = new X500Name("CN=Confab edge");
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(127, new SecureRandom()),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(VALIDITY)),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private GeneralNames alternativeNames() {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        IP_LITERAL.matcher(name).matches()
                            ? GeneralName.iPAddress
                            : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new));
  }
}
