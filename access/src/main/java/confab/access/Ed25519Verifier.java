package confab.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/// Checks signatures by Ed25519 (RFC 8037) with the JDK; that of the JOSE library takes a library
/// of five megabytes. Thread-safe.
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {
  private static final String ED25519 = "Ed25519";

  /// What stands before the 32 bytes of a key as the JDK reads it (RFC 8410 §4).
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  /// @param point `x` of the JWK
  /// @throws JOSEException when that is no public key
  Ed25519Verifier(byte[] point) throws JOSEException {
    super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
    var encoded = new ByteArrayOutputStream();
    encoded.writeBytes(PREFIX);
    encoded.writeBytes(point);
    try {
      key =
          KeyFactory.getInstance(ED25519)
              .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
      signature();
    } catch (GeneralSecurityException e) {
      throw new JOSEException("no key of Ed25519", e);
    }
  }

  /// Ready to take what is signed.
  private Signature signature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ED25519);
    signature.initVerify(key);
    return signature;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL by) throws JOSEException {
    try {
      Signature signature = signature();
      signature.update(signed);
      return signature.verify(by.decode());
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new JOSEException("every JDK has Ed25519", e);
    }
  }
}
