package confab.frames;

/// Counts one publisher's frames by their sequence: how many came, and how many are missing. The
/// receive thread notes, the room's sweep takes; guarded by itself.
final class ArrivalCounter {
  /// A gap as long as this is a new beginning, not a loss.
  private static final int JUMP = 64;

  private boolean begun;
  private int newest;
  private int expected;
  private int received;

  synchronized void note(int sequence) {
    int ahead = sequence - newest;
    received++;
    if (!begun || Math.abs(ahead) >= JUMP) {
      begun = true;
      newest = sequence;
      expected++;
    } else if (ahead > 0) {
      newest = sequence;
      expected += ahead;
    }
  }

  /// The counts since the last call. A frame that comes late is missing in one count and one too
  /// many in the next.
  synchronized Arrivals take() {
    var arrivals = new Arrivals(received, Math.max(0, expected - received));
    expected = 0;
    received = 0;
    return arrivals;
  }
}
