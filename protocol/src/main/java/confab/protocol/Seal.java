package confab.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/// Shows that a message on the bus comes from an edge that has the shared key: the last field of
/// the message, number 15, is the HMAC-SHA-256 (RFC 2104) of where it belongs and of all that
/// stands before. A seal does not say which of the edges, nor when.
///
/// Edges that share no key seal nothing and take everything. Thread-safe.
public final class Seal {
  /// The tag of field 15, of bytes, and their length.
  private static final byte[] HEAD = {15 << 3 | 2, HmacSha256.BYTES};

  private static final byte[] END_OF_PLACE = {0};

  private static final int BYTES = HEAD.length + HmacSha256.BYTES;

  private final List<SecretKeySpec> keys;

  private Seal(List<SecretKeySpec> keys) {
    this.keys = List.copyOf(keys);
  }

  public static Seal none() {
    return new Seal(List.of());
  }

  /// @param keys the first seals, all of them are good
  public static Seal by(List<SecretKeySpec> keys) {
    return new Seal(keys);
  }

  /// The message with its seal.
  ///
  /// @param place where it belongs, such as a room; it is good nowhere else
  public byte[] put(String place, byte[] message) {
    if (keys.isEmpty()) {
      return message;
    }
    byte[] sealed = Arrays.copyOf(message, message.length + BYTES);
    System.arraycopy(HEAD, 0, sealed, message.length, HEAD.length);
    byte[] code = code(keys.getFirst(), place, message);
    System.arraycopy(code, 0, sealed, message.length + HEAD.length, HmacSha256.BYTES);
    return sealed;
  }

  /// Whether a message may be read.
  public boolean isGood(String place, byte[] message) {
    if (keys.isEmpty()) {
      return true;
    }
    int length = message.length - BYTES;
    if (length < 0 || message[length] != HEAD[0] || message[length + 1] != HEAD[1]) {
      return false;
    }
    byte[] unsealed = Arrays.copyOf(message, length);
    byte[] code = Arrays.copyOfRange(message, length + HEAD.length, message.length);
    return keys.stream().anyMatch(key -> MessageDigest.isEqual(code, code(key, place, unsealed)));
  }

  private static byte[] code(SecretKeySpec key, String place, byte[] message) {
    return HmacSha256.of(key, place.getBytes(StandardCharsets.UTF_8), END_OF_PLACE, message);
  }
}
