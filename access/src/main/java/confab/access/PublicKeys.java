package confab.access;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The keys of a JWK set (RFC 7517) that check tokens, by their ids. Immutable but for what it
/// remembers of tokens that it has checked; thread-safe.
///
/// Each key checks by one algorithm: the one that it names, or else that of its type. What is there
/// besides is passed over: keys without an id, of other algorithms, for other uses, and secrets.
public final class PublicKeys {
  /// The algorithms that keys of a set may have.
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, JWSAlgorithm.RS256);

  /// RFC 7518 §3.3.
  private static final int MIN_RSA_BITS = 2048;

  /// Some 2 MB when all of them are there.
  private static final int REMEMBERED = 10_000;

  public static final PublicKeys NONE = new PublicKeys(Map.of(), 0);

  /// Several may have the same id.
  private final Map<String, List<Key>> keys;

  private final RecentlySigned recent;

  private record Key(JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private PublicKeys(Map<String, List<Key>> keys, int remembered) {
    this.keys = keys;
    recent = new RecentlySigned(remembered);
  }

  /// @param json a JWK set
  /// @throws IllegalArgumentException with one line, when it is none or has no key for tokens
  public static PublicKeys parse(String json) {
    return parse(json, REMEMBERED);
  }

  /// @param remembered how many tokens that were checked are remembered
  static PublicKeys parse(String json, int remembered) {
    Map<String, List<Key>> keys = new HashMap<>();
    try {
      var found = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
      if (found == null) {
        throw new IllegalArgumentException("this is no JWK set");
      }
      for (Map<String, Object> each : found) {
        add(each, keys);
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException("this is no JWK set", e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the JWK set has no key for tokens");
    }
    return new PublicKeys(keys, remembered);
  }

  /// Reads a file that holds a JWK set.
  ///
  /// @throws IOException with one line that says what is wrong with it
  public static PublicKeys read(Path file) throws IOException {
    String json;
    try {
      json = Files.readString(file);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
    try {
      return parse(json);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /// Whoever cannot read one key of a set still reads the others (RFC 7517 §5).
  private static void add(Map<String, Object> json, Map<String, List<Key>> keys) {
    try {
      JWK key = JWK.parse(json);
      if (key.getKeyID() != null && isForSignatures(key)) {
        usable(key)
            .ifPresent(it -> keys.computeIfAbsent(key.getKeyID(), _ -> new ArrayList<>()).add(it));
      }
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      // As if it were not there.
    }
  }

  private static boolean isForSignatures(JWK key) {
    Set<KeyOperation> operations = key.getKeyOperations();
    return (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (operations == null || operations.contains(KeyOperation.VERIFY));
  }

  private static Optional<Key> usable(JWK key) throws JOSEException {
    return switch (key) {
      case ECKey ec when ec.getCurve().equals(Curve.P_256) ->
          pinned(key, new ECDSAVerifier(ec.toECPublicKey()), JWSAlgorithm.ES256);
      case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
          pinned(
              key,
              new Ed25519Verifier(pair.getDecodedX()),
              JWSAlgorithm.EdDSA,
              JWSAlgorithm.Ed25519);
      case RSAKey rsa when rsa.size() >= MIN_RSA_BITS ->
          pinned(key, new RSASSAVerifier(rsa.toRSAPublicKey()), JWSAlgorithm.RS256);
      default -> Optional.empty();
    };
  }

  /// @param algorithms one of which the key may name; the first when it names none
  private static Optional<Key> pinned(JWK key, JWSVerifier verifier, JWSAlgorithm... algorithms) {
    Algorithm named = key.getAlgorithm() == null ? algorithms[0] : key.getAlgorithm();
    return Stream.of(algorithms).filter(named::equals).findFirst().map(it -> new Key(it, verifier));
  }

  public boolean has(String kid) {
    return keys.containsKey(kid);
  }

  /// Whether a key signed this that has the id and the algorithm of its header.
  boolean signed(SignedJWT jwt) throws JOSEException {
    String token = jwt.getParsedString();
    if (recent.contains(token)) {
      return true;
    }
    boolean signed = isSigned(jwt);
    if (signed) {
      recent.add(token);
    }
    return signed;
  }

  private boolean isSigned(SignedJWT jwt) throws JOSEException {
    for (Key key : keys.getOrDefault(jwt.getHeader().getKeyID(), List.of())) {
      if (key.algorithm.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(key.verifier)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "PublicKeys" + keys.keySet();
  }
}
