package confab.load;

import confab.load.link.Link;
import confab.load.measure.Tally;
import confab.load.measure.Window;
import confab.protocol.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;

/// Sends the frames of one participant. Belongs to one event loop.
final class Publisher {
  /// A frame that is later than this is not sent any more, since the frames behind it are more
  /// urgent.
  private static final long TOO_LATE = Duration.ofMillis(500).toNanos();

  private static final long NANOS_PER_TICK = 1_000_000_000 / 48_000;

  // The fields of the frame's header, docs/PROTOCOL.md section 1.1.
  private static final int AT_LEVEL = 1;
  private static final int AT_SEQUENCE = 8;
  private static final int AT_TIMESTAMP = 12;

  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Voice voice;
  private final Link link;
  private final Window window;
  private final Tally tally;

  /// The frame, of which each time only some fields change.
  private final byte[] bundle;

  private int sequence;
  private long sentInWindow;

  Publisher(Plan plan, int room, int index, Link link, Worker worker) {
    voice = new Voice(plan, room, index, worker.start());
    this.link = link;
    window = worker.window();
    tally = worker.tally();
    bundle = new Frame(false, 0, 0, 0, 0, new byte[plan.payloadBytes()]).toBundle();
    Payload.sign(bundle, plan.id(), room, index);
  }

  /// Leaves out what would have been due before `now`.
  void begin(long now) {
    while (voice.due() < now) {
      voice.advance();
    }
  }

  long due() {
    return voice.due();
  }

  /// Sends the frame that is due.
  void speak(long now) {
    long due = voice.due();
    boolean counts = window.contains(due);
    if (now - due > TOO_LATE) {
      tally.skipped(counts);
    } else {
      link.send(frame(due));
      tally.sent(counts, now - due);
      sentInWindow += counts ? 1 : 0;
    }
    voice.advance();
  }

  private byte[] frame(long due) {
    bundle[AT_LEVEL] = (byte) voice.level();
    U32.set(bundle, AT_SEQUENCE, sequence++);
    U32.set(bundle, AT_TIMESTAMP, (int) (due / NANOS_PER_TICK));
    Payload.setTime(bundle, due);
    return bundle;
  }

  long sentInWindow() {
    return sentInWindow;
  }
}
