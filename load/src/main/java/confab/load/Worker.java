package confab.load;

import confab.load.link.Link;
import confab.load.measure.Tally;
import confab.load.measure.WallClock;
import confab.load.measure.Window;
import confab.protocol.FrameHeader;
import io.netty.channel.EventLoop;
import java.util.List;

/// An event loop and all that belongs to it alone.
///
/// @param diallers one for each edge
/// @param scratch where the bundle that has just come is read
/// @param start when this began
record Worker(
    EventLoop loop,
    List<Link.Dialler> diallers,
    Tally tally,
    Pacer pacer,
    WallClock clock,
    Window window,
    Attendance attendance,
    byte[] scratch,
    long start) {

  static Worker on(
      EventLoop loop,
      List<Link.Dialler> diallers,
      WallClock clock,
      Window window,
      Attendance attendance) {
    return new Worker(
        loop,
        diallers,
        new Tally(),
        new Pacer(loop, clock),
        clock,
        window,
        attendance,
        new byte[FrameHeader.MAX_BUNDLE_BYTES],
        clock.now());
  }
}
