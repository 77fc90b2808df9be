package confab.protocol;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names one session on all edges, in their logs too. Ids are ordered as signed numbers, by which
/// all edges agree on who keeps a participant number that two sessions have.
public record SessionId(long value) implements Comparable<SessionId> {
  public static SessionId random() {
    return new SessionId(ThreadLocalRandom.current().nextLong());
  }

  @Override
  public int compareTo(SessionId other) {
    return Long.compare(value, other.value);
  }

  /// 16 hexadecimal digits, as participants and logs have it.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
