package confab.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import confab.protocol.HmacSha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/// The secrets by which tokens are signed and checked (HS256), by the id of their key. Immutable.
///
/// A key may have several secrets, so that a new one can be handed out while tokens by the former
/// one are still about: the first signs, all of them are good.
public final class TokenKeys {
  /// RFC 7518 §3.2: as long as the hash.
  public static final int MIN_SECRET_BYTES = 32;

  public static final TokenKeys NONE = new TokenKeys(Map.of());

  /// The keys by which edges make tokens themselves. They are derived from a secret that edges
  /// share for other purposes, so that nothing that is signed for one can be taken for another.
  public enum OfEdges {
    /// For people who log in, and for hosts.
    CONFAB,
    /// For whoever has a guest link.
    CONFAB_GUESTS;

    /// The id of the key: `confab-guests`.
    public String kid() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private byte[] purpose() {
      return ("tokens by " + kid()).getBytes(StandardCharsets.UTF_8);
    }

    /// @param shared what edges share, the first signs; each for an HMAC-SHA-256
    public TokenKeys from(Collection<SecretKeySpec> shared) {
      return new TokenKeys(
          Map.of(
              kid(),
              shared.stream().map(each -> secret(kid(), HmacSha256.of(each, purpose()))).toList()));
    }
  }

  private final Map<String, List<Secret>> secrets;

  /// @param verifier made once, since it takes as long to make as to use
  record Secret(byte[] bytes, JWSVerifier verifier) {}

  private TokenKeys(Map<String, List<Secret>> secrets) {
    this.secrets = secrets;
  }

  /// @param texts `KID=SECRET`, or `KID=NEW,OLD`
  /// @throws IllegalArgumentException with what is wrong, and no secret
  public static TokenKeys parse(Collection<String> texts) {
    Map<String, List<Secret>> secrets = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String kid = equals < 0 ? "" : text.substring(0, equals).strip();
      if (!kid.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException("a key has to be like KID=SECRET");
      }
      if (Stream.of(OfEdges.values()).anyMatch(it -> it.kid().equals(kid))) {
        throw new IllegalArgumentException("the key " + kid + " is one of the edges themselves");
      }
      List<Secret> own = new ArrayList<>();
      for (String secret : text.substring(equals + 1).split(",", -1)) {
        own.add(secret(kid, secret.strip().getBytes(StandardCharsets.UTF_8)));
      }
      if (secrets.put(kid, List.copyOf(own)) != null) {
        throw new IllegalArgumentException("the key " + kid + " is there twice");
      }
    }
    return new TokenKeys(secrets);
  }

  /// Reads a [SecretFile] of keys.
  ///
  /// @throws IOException with one line that says what is wrong with it, and no secret
  public static TokenKeys read(Path file) throws IOException {
    try {
      return parse(SecretFile.lines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static Secret secret(String kid, byte[] bytes) {
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a secret of the key " + kid + " is shorter than " + MIN_SECRET_BYTES + " characters");
    }
    try {
      return new Secret(bytes, new MACVerifier(bytes));
    } catch (JOSEException e) {
      throw new IllegalStateException("the secret is long enough", e);
    }
  }

  /// These and others, which count where a key is in both.
  public TokenKeys and(TokenKeys others) {
    Map<String, List<Secret>> both = new LinkedHashMap<>(secrets);
    both.putAll(others.secrets);
    return new TokenKeys(both);
  }

  /// The secrets of that key; none when it is not known.
  List<Secret> of(String kid) {
    return secrets.getOrDefault(kid, List.of());
  }

  /// The id of the key that is given first.
  ///
  /// @throws IllegalStateException when there is none
  String first() {
    return secrets.keySet().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no key"));
  }

  public boolean isEmpty() {
    return secrets.isEmpty();
  }

  /// No secrets.
  @Override
  public String toString() {
    return "TokenKeys" + secrets.keySet();
  }
}
