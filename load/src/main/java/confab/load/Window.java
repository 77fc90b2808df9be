package confab.load;

/// The measured time: a frame counts when it was meant to leave within it. The thread that runs the
/// load sets it, and event loops ask.
final class Window {
  private volatile long begin = Long.MAX_VALUE;
  private volatile long end = Long.MAX_VALUE;

  /// Called before `from` has come.
  void set(long from, long to) {
    end = to;
    begin = from;
  }

  /// Ends it earlier; called before `time` has come.
  void cut(long time) {
    end = Math.min(end, time);
  }

  /// @param time in nanoseconds since 1970, as all times here
  boolean contains(long time) {
    return time >= begin && time < end;
  }

  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  double seconds() {
    return (end - begin) / 1e9;
  }
}
