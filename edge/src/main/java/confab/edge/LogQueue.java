package confab.edge;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import confab.protocol.figures.Figure;
import java.util.concurrent.atomic.LongAdder;

/// Takes log events from whatever thread, and has a thread of its own write them: whoever reads the
/// log and stands still, such as a full disk or a pipe, must not stop the sound.
///
/// Queue: [#CAPACITY] events; what comes when it is full is dropped and counted. All threads put,
/// the queue's own takes.
final class LogQueue extends AsyncAppender {
  private static final int CAPACITY = 1024;

  /// How long the end of the process waits for the last lines to be written.
  private static final int FLUSH_MILLIS = 1_000;

  private final LongAdder dropped = new LongAdder();

  LogQueue() {
    setQueueSize(CAPACITY);
    setNeverBlock(true);
    setDiscardingThreshold(1);
    setMaxFlushTime(FLUSH_MILLIS);
  }

  /// Asked when the queue is full.
  @Override
  protected boolean isDiscardable(ILoggingEvent event) {
    dropped.increment();
    return true;
  }

  @Figure(
      name = "lines.dropped",
      value = "Lines that the log lost, since nobody took them from standard error fast enough")
  long dropped() {
    return dropped.sum();
  }
}
