package confab.bench.listener;

import confab.participant.Session;
import confab.protocol.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Sends a frame every 20 ms, whatever becomes of it. To edges the payload is opaque: unless it is
/// to be heard, it is the time of capture, at which the frame is meant to leave, and then nothing.
/// It has a platform thread of its own, for its punctual wake-ups.
public final class Speaker implements AutoCloseable {
  private static final long FRAME_NANOS = Duration.ofMillis(20).toNanos();
  private static final int FRAME_TICKS = 960;

  /// As much as 32 kbit/s gives.
  private static final int PAYLOAD_BYTES = 80;

  /// What is in a frame.
  public interface Payloads {
    /// @param due when the frame is meant to leave, by [System#nanoTime]
    byte[] of(int sequence, long due);
  }

  private final Session participant;
  private final Payloads payloads;
  private final Thread thread = Thread.ofPlatform().name("speaker").daemon().unstarted(this::run);
  private volatile boolean silent;

  private Speaker(Session participant, Payloads payloads) {
    this.participant = participant;
    this.payloads = payloads;
  }

  /// @param participant closed by who made it
  public static Speaker start(Session participant) {
    return start(
        participant, (_, due) -> ByteBuffer.wrap(new byte[PAYLOAD_BYTES]).putLong(due).array());
  }

  public static Speaker start(Session participant, Payloads payloads) {
    var speaker = new Speaker(participant, payloads);
    speaker.thread.start();
    return speaker;
  }

  private void run() {
    long start = System.nanoTime();
    for (int sequence = 0; !silent; sequence++) {
      long due = start + sequence * FRAME_NANOS;
      awaitTime(due);
      byte[] payload = payloads.of(sequence, due);
      int timestamp = sequence * FRAME_TICKS;
      participant.send(new Frame(false, Frame.VOICE | 20, 0, sequence, timestamp, payload));
    }
  }

  private static void awaitTime(long due) {
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  /// Falls silent.
  @Override
  public void close() {
    silent = true;
  }
}
