package confab.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tokens whose signature was found good a while ago: to check one of a public key again costs a
/// hundred times as much as to find it here. Belongs to one set of keys and ends with it.
/// Thread-safe.
///
/// Bound: given; the one that was not asked for longest goes first.
final class RecentlySigned {
  /// By the hash of the whole token. Guarded by itself.
  private final Map<Hash, Boolean> tokens;

  RecentlySigned(int most) {
    tokens =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  private record Hash(byte[] bytes) {
    static Hash of(String token) {
      try {
        byte[] text = token.getBytes(StandardCharsets.US_ASCII);
        return new Hash(MessageDigest.getInstance("SHA-256").digest(text));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hash(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  boolean contains(String token) {
    Hash hash = Hash.of(token);
    synchronized (tokens) {
      return tokens.get(hash) != null;
    }
  }

  void add(String token) {
    Hash hash = Hash.of(token);
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
