package confab.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tokens whose signature was found good a while ago: to check one of a public key again costs a
/// hundred times as much as to find it here. Belongs to one set of keys and ends with it.
/// Thread-safe.
///
/// Bound: given; the one that was not asked for longest goes first.
final class RecentlySigned {
  /// By the hash of the whole token. Guarded by itself.
  private final Map<ByteBuffer, Boolean> tokens;

  RecentlySigned(int most) {
    tokens =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  private static ByteBuffer hash(String token) {
    try {
      byte[] text = token.getBytes(StandardCharsets.US_ASCII);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  boolean contains(String token) {
    ByteBuffer hash = hash(token);
    synchronized (tokens) {
      return tokens.get(hash) != null;
    }
  }

  void add(String token) {
    ByteBuffer hash = hash(token);
    synchronized (tokens) {
      tokens.put(hash, true);
    }
  }

  int size() {
    synchronized (tokens) {
      return tokens.size();
    }
  }
}
