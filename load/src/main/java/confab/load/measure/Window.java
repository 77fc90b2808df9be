package confab.load.measure;

/// The measured time: a frame counts when it was meant to leave within it. The thread that runs the
/// load sets it, and event loops ask.
public final class Window {
  private volatile long begin = Long.MAX_VALUE;
  private volatile long end = Long.MAX_VALUE;

  /// Called before `from` has come.
  public void set(long from, long to) {
    end = to;
    begin = from;
  }

  /// Ends it earlier; called before `time` has come.
  public void cut(long time) {
    end = Math.min(end, time);
  }

  /// @param time in nanoseconds since 1970, as all times here
  public boolean contains(long time) {
    return time >= begin && time < end;
  }

  public long begin() {
    return begin;
  }

  public long end() {
    return end;
  }

  public double seconds() {
    return (end - begin) / 1e9;
  }
}
