package confab.bench.listener;

import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Frame;
import confab.rig.process.EdgeProcess;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody in a room for a while, who may speak, and counts what is missing of what others say.
final class Attendee implements SessionListener, AutoCloseable {
  /// Of one speaker: the frames between the first and the last heard, and those of them that came.
  private static final class Span {
    private int first;
    private int last;
    private int count;

    private Span(int sequence) {
      first = sequence;
      last = sequence;
    }

    private void hear(int sequence) {
      first = Math.min(first, sequence);
      last = Math.max(last, sequence);
      count++;
    }

    private int missing() {
      return last - first + 1 - count;
    }
  }

  private final Map<Integer, Span> spans = new HashMap<>(); // this and below guarded by this
  private long heardAt = System.nanoTime();
  private boolean stalled;

  // Set before it is in use.
  private @Nullable Session participant;
  private @Nullable Speaker speaker;
  private long speakingSince;

  private Attendee() {}

  /// Blocks until it is in the room.
  static Attendee join(EdgeProcess edge, String room, String user, boolean speaks)
      throws JoinException {
    var attendee = new Attendee();
    var config = new SessionConfig(edge.url(), room, user, Transport.WEBTRANSPORT);
    Session participant = Session.join(config, attendee);
    attendee.begin(participant, speaks);
    return attendee;
  }

  private synchronized void begin(Session joined, boolean speaks) {
    participant = joined;
    heardAt = System.nanoTime();
    if (speaks) {
      speaker = Speaker.start(joined);
      speakingSince = heardAt;
    }
  }

  @Override
  public synchronized void frame(Frame frame) {
    heardAt = System.nanoTime();
    stalled = false;
    spans
        .computeIfAbsent(frame.participant(), _ -> new Span(frame.sequence()))
        .hear(frame.sequence());
  }

  /// Whether it has spoken for so long that the others must have heard it for `nanos`.
  synchronized boolean hasSpokenFor(long nanos, long now) {
    return speaker != null && now - speakingSince > nanos;
  }

  /// Whether this is a stall that has not been told of: nothing was heard for `nanos`.
  synchronized boolean beginsToStall(long nanos, long now) {
    if (stalled || now - heardAt <= nanos) {
      return false;
    }
    stalled = true;
    return true;
  }

  synchronized long framesHeard() {
    return spans.values().stream().mapToLong(each -> each.count).sum();
  }

  synchronized long framesMissing() {
    return spans.values().stream().mapToLong(Span::missing).sum();
  }

  @Override
  public void close() {
    Session leaving;
    synchronized (this) {
      if (speaker != null) {
        speaker.close();
      }
      leaving = participant;
    }
    if (leaving != null) {
      leaving.close();
    }
  }
}
