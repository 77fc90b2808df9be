package confab.room;

import confab.protocol.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What was written in a room a moment ago, for those who come back from an outage and cannot know
/// what they have missed. Whoever hears a line twice knows it by its id. Guarded by the room.
///
/// Bound: the lines of one absence, at most [#MAX_LINES] and [#MAX_BYTES]; then the oldest goes.
final class RecentWords {
  static final int MAX_LINES = 200;
  static final int MAX_BYTES = 64 * 1024;

  private record Line(long at, byte[] event) {}

  private final long keptNanos;
  private final Deque<Line> lines = new ArrayDeque<>();
  private int bytes;

  /// @param keptNanos how long somebody may be away and not know it
  RecentWords(long keptNanos) {
    this.keptNanos = keptNanos;
  }

  void add(Event.Said said, long now) {
    byte[] event = said.toBytes();
    lines.add(new Line(now, event));
    bytes += event.length;
    while (lines.size() > MAX_LINES || bytes > MAX_BYTES) {
      removeFirst();
    }
  }

  /// Those since then, the oldest first.
  List<byte[]> events(long now, long since) {
    forget(now);
    return lines.stream().filter(line -> line.at() - since >= 0).map(Line::event).toList();
  }

  /// Lets go of what nobody can have missed.
  void forget(long now) {
    while (!lines.isEmpty() && now - lines.getFirst().at() > keptNanos) {
      removeFirst();
    }
  }

  private void removeFirst() {
    bytes -= lines.removeFirst().event().length;
  }
}
