package confab.frames;

import confab.protocol.FrameHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The way of frames through a room: chosen, gathered in the open [Round], and handed to everybody
/// when all who speak and are about to be heard have a frame in it, or when its window is over. One
/// who speaks alone never waits.
///
/// Any thread brings frames; all that changes with a frame is guarded by this, a lock of this room
/// alone. Whoever completes a round hands it out, in order, under the lock; the bus is served after
/// it. Nothing here allocates but the bundles that are sent.
public final class FramePath {
  /// The length of almost every frame.
  private static final long FRAME_NANOS = 20_000_000;

  /// Who has not been heard for two frames and some jitter is not waited for.
  private static final long PAUSE_NANOS = 45_000_000;

  /// Receivers report once a second.
  private static final long REPORT_LIFETIME_NANOS = 3_000_000_000L;

  /// Speakers of other edges that are remembered; when it is full, the one longest unheard goes.
  private static final int MAX_REMOTE = 64;

  private final Forwarding forwarding;
  private final MediaCounters busMedia;
  private final RoundFlusher flusher;
  private volatile Subscriber[] subscribers = {};

  /// Set while other edges have the room or may have it.
  private volatile @Nullable BusFeed busFeed;

  /// Whether the flusher has it in hand; owned by the flusher.
  final AtomicBoolean watched = new AtomicBoolean();

  // Guarded by this.
  private final Round round = new Round();
  private final List<Speaker> active = new ArrayList<>();
  private final List<Speaker> remote = new ArrayList<>();
  private @Nullable LoudestSpeakers loudest;
  private long deadline;

  public FramePath(Forwarding forwarding, MediaCounters busMedia, RoundFlusher flusher) {
    this.forwarding = forwarding;
    this.busMedia = busMedia;
    this.flusher = flusher;
  }

  // --- what the room changes ---

  /// The way in of a participant whose connection has entered.
  ///
  /// @param counters of the transport that it came by
  public Publisher publisher(
      int participant, MediaLimits limits, MediaCounters counters, long now) {
    return new Publisher(participant, this, limits, counters, now);
  }

  public void setSubscribers(Stream<Subscriber> connected) {
    subscribers = connected.toArray(Subscriber[]::new);
  }

  public synchronized void setBusFeed(@Nullable BusFeed toOthers) {
    busFeed = toOthers;
  }

  public @Nullable BusFeed busFeed() {
    return busFeed;
  }

  /// Chooses among the speakers from so many participants on.
  public synchronized void setParticipants(int participants) {
    if (!forwarding.selects(participants)) {
      loudest = null;
    } else if (loudest == null) {
      loudest = new LoudestSpeakers(forwarding.loudest());
    }
  }

  public synchronized void forget(int participant) {
    LoudestSpeakers choosing = loudest;
    if (choosing != null) {
      choosing.forget(participant);
    }
  }

  /// Who speaks and is forwarded, the latest first; empty in rooms where all are.
  public synchronized List<Integer> speaking(long now) {
    LoudestSpeakers choosing = loudest;
    return choosing == null ? List.of() : choosing.speaking(now);
  }

  public synchronized void report(Subscriber subscriber, int received, int lost, long now) {
    subscriber.report(received, lost, now);
  }

  /// How many of a thousand frames the listeners other than `participant` miss: their median.
  public synchronized int listenersLoss(int participant, long now) {
    int[] losses =
        Arrays.stream(subscribers)
            .filter(each -> each.participant() != participant)
            .filter(each -> each.hasReportedSince(now - REPORT_LIFETIME_NANOS))
            .mapToInt(Subscriber::lossPerMille)
            .sorted()
            .toArray();
    return losses.length == 0 ? 0 : losses[losses.length / 2];
  }

  // --- frames ---

  /// Takes a local publisher's frames, checked and stamped, from the first `length` bytes.
  ///
  /// @return how many were not forwarded since others are louder
  int forward(Speaker speaker, byte[] frames, int length, long now) {
    Bundle before = null;
    Bundle after = null;
    int dropped = 0;
    synchronized (this) {
      if (!round.hasRoomFor(length)) {
        before = close(now);
      }
      int frame;
      for (int offset = 0; offset < length; offset += frame) {
        frame = FrameHeader.BYTES + FrameHeader.payloadLength(frames, offset);
        if (!add(speaker, frames, offset, frame, now)) {
          dropped++;
        } else if (busFeed != null) {
          busFeed.add(frames, offset, frame);
        }
      }
      after = closeIfComplete(now);
    }
    publish(before);
    publish(after);
    return dropped;
  }

  /// Takes what another edge published; that edge stamped it.
  public void forwardFromBus(byte[] message, long now) {
    int frames = count(message);
    if (frames < 0) {
      busMedia.dropped(DropReason.MALFORMED, 1);
      return;
    }
    busMedia.received(frames, message.length);
    Bundle before = null;
    Bundle after;
    synchronized (this) {
      if (!round.hasRoomFor(message.length)) {
        before = close(now);
      }
      int frame;
      for (int offset = 0; offset < message.length; offset += frame) {
        frame = FrameHeader.BYTES + FrameHeader.payloadLength(message, offset);
        Speaker speaker = remote(FrameHeader.participant(message, offset));
        if (!add(speaker, message, offset, frame, now)) {
          busMedia.dropped(DropReason.NOT_LOUDEST, 1);
        }
      }
      after = closeIfComplete(now);
    }
    publish(before);
    publish(after);
  }

  /// How many frames the message holds; -1 when it is not a bundle.
  private static int count(byte[] message) {
    int frames = 0;
    int offset = 0;
    while (offset < message.length) {
      int frame = FrameHeader.frameLength(message, offset, message.length);
      if (frame < 0 || offset + frame > FrameHeader.MAX_BUNDLE_BYTES) {
        return -1;
      }
      offset += frame;
      frames++;
    }
    return frames;
  }

  /// The few who speak on other edges; looked through from the front.
  private Speaker remote(int participant) {
    int oldest = 0;
    for (int i = 0; i < remote.size(); i++) {
      Speaker speaker = remote.get(i);
      if (speaker.participant() == participant) {
        return speaker;
      }
      oldest = speaker.heardAt() - remote.get(oldest).heardAt() < 0 ? i : oldest;
    }
    var speaker = new Speaker(participant);
    if (remote.size() < MAX_REMOTE) {
      remote.add(speaker);
    } else {
      remote.set(oldest, speaker);
    }
    return speaker;
  }

  /// Adds a frame to the open round, unless others are louder.
  private boolean add(Speaker speaker, byte[] source, int offset, int frame, long now) {
    speaker.hear(source, offset, now);
    LoudestSpeakers choosing = loudest;
    if (choosing != null && !choosing.admits(speaker, now)) {
      return false;
    }
    if (!speaker.active) {
      speaker.active = true;
      active.add(speaker);
    }
    boolean opens = round.isEmpty();
    round.add(speaker, source, offset, frame, now);
    if (opens) {
      deadline = now + forwarding.windowNanos(active.size(), subscribers.length);
    }
    return true;
  }

  // --- rounds ---

  private @Nullable Bundle closeIfComplete(long now) {
    if (round.isEmpty()) {
      return null;
    }
    if (deadline - now <= 0 || !isAnybodyDue(now)) {
      return close(now);
    }
    flusher.watch(this);
    return null;
  }

  /// Whether somebody who has no frame in the round yet is likely to bring one in time.
  private boolean isAnybodyDue(long now) {
    boolean due = false;
    for (int i = active.size() - 1; i >= 0; i--) {
      Speaker speaker = active.get(i);
      if (now - speaker.heardAt() > PAUSE_NANOS) {
        speaker.active = false;
        active.remove(i);
      } else {
        due |= !round.has(speaker) && speaker.heardAt() + FRAME_NANOS - deadline <= 0;
      }
    }
    return due;
  }

  /// Hands the round to everybody here.
  ///
  /// @return what the other edges are sent
  private @Nullable Bundle close(long now) {
    if (round.isEmpty()) {
      return null;
    }
    for (Subscriber subscriber : subscribers) {
      subscriber.offer(round, now);
    }
    round.clear();
    BusFeed others = busFeed;
    return others == null ? null : others.take();
  }

  private void publish(@Nullable Bundle bundle) {
    BusFeed others = busFeed;
    if (bundle != null && others != null) {
      others.publish(bundle);
    }
  }

  /// Hands out a round whose window is over. Called by the flusher.
  ///
  /// @return nanoseconds until the open round is due; negative when none is open
  long flushIfDue(long now) {
    Bundle local;
    synchronized (this) {
      if (round.isEmpty()) {
        return -1;
      }
      if (deadline - now > 0) {
        return deadline - now;
      }
      local = close(now);
    }
    publish(local);
    return -1;
  }
}
