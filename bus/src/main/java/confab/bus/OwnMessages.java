package confab.bus;

import java.util.HashSet;
import java.util.Set;

/// What an edge publishes while it has two links: a server sends it nothing of its own on the link
/// that published it, but does on the other one. There is one from the moment in which a server
/// says that it is about to end until the former link is gone.
///
/// Guarded by itself. Bound: [#MAX] messages, of which a hash of 64 bits is kept; when there are
/// more, all are forgotten, and some come back.
final class OwnMessages {
  private static final int MAX = 100_000;

  private final Set<Long> published = new HashSet<>();

  void add(byte[] message) {
    long hash = hash(message);
    synchronized (this) {
      if (published.size() == MAX) {
        published.clear();
      }
      published.add(hash);
    }
  }

  boolean contains(byte[] message) {
    long hash = hash(message);
    synchronized (this) {
      return published.contains(hash);
    }
  }

  private static long hash(byte[] message) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : message) {
      hash = (hash ^ each) * 0x100000001b3L;
    }
    return hash;
  }
}
