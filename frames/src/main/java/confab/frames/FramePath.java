package confab.frames;

import confab.protocol.FrameHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way of frames through a room: chosen, gathered in the open [Round], and handed to everybody
/// when all who speak and are about to be heard have a frame in it, or when its window is over. One
/// who speaks alone never waits.
///
/// Any thread brings frames. Two locks of this room alone, taken hand over hand: `gather` guards
/// the open round and who speaks, `deliver` the round that is handed out and who is given it.
/// Whoever completes a round takes `deliver` before letting go of `gather`, so rounds go out in
/// order, and those who speak in the next one never wait until a thousand have this one. The bus is
/// served after both. Nothing here allocates but the bundles that are sent.
public final class FramePath {
  /// The length of almost every frame.
  private static final long FRAME_NANOS = 20_000_000;

  /// Who has not been heard for two frames and some jitter is not waited for.
  private static final long PAUSE_NANOS = 45_000_000;

  private final Forwarding forwarding;
  private final MediaCounters busMedia;
  private final RoundFlusher.Timer timer;
  private final RemoteSpeakers remote = new RemoteSpeakers();
  private volatile Subscriber[] subscribers = {};

  /// Set while other edges have the room or may have it.
  private volatile @Nullable BusFeed busFeed;

  private final LossMedian losses = new LossMedian();
  private volatile int participants;

  private final ReentrantLock gather = new ReentrantLock();
  private final List<Speaker> active = new ArrayList<>();

  /// Follows who speaks also while everybody is forwarded, for when the room becomes large. Null
  /// where no room chooses.
  private final @Nullable LoudestSpeakers loudest;

  private boolean selecting;
  private Round open = new Round();
  private long deadline;
  private long rounds;

  private final ReentrantLock deliver = new ReentrantLock();

  /// The round that is handed out or will be the next to open.
  private Round spare = new Round();

  public FramePath(Forwarding forwarding, MediaCounters busMedia, RoundFlusher flusher) {
    this.forwarding = forwarding;
    this.busMedia = busMedia;
    loudest = forwarding.loudest() == 0 ? null : new LoudestSpeakers(forwarding.loudest());
    timer = flusher.timer(this::flushIfDue);
    open.begin(++rounds);
  }

  // --- what the room changes ---

  /// Hands rounds to `subscriber` from now on. Callers of this and [#unsubscribe] take turns.
  public void subscribe(Subscriber subscriber) {
    Subscriber[] before = subscribers;
    Subscriber[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = subscriber;
    subscribers = more;
  }

  /// Does nothing when it has none.
  public void unsubscribe(Subscriber subscriber) {
    Subscriber[] before = subscribers;
    for (int i = 0; i < before.length; i++) {
      if (before[i] == subscriber) {
        Subscriber[] fewer = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, i + 1, fewer, i, fewer.length - i);
        subscribers = fewer;
        return;
      }
    }
  }

  public void setBusFeed(@Nullable BusFeed toOthers) {
    busFeed = toOthers;
  }

  public @Nullable BusFeed busFeed() {
    return busFeed;
  }

  /// Chooses among the speakers from so many participants on.
  public void setParticipants(int nowThere, long now) {
    participants = nowThere;
    gather.lock();
    try {
      boolean before = selecting;
      selecting = forwarding.selects(nowThere);
      if (loudest != null && selecting && !before) {
        loudest.begin(now);
      }
    } finally {
      gather.unlock();
    }
  }

  public void forget(int participant) {
    gather.lock();
    try {
      if (loudest != null) {
        loudest.forget(participant);
      }
    } finally {
      gather.unlock();
    }
  }

  /// Who speaks and is forwarded, the latest first; empty in rooms where all are.
  public List<Integer> speaking(long now) {
    gather.lock();
    try {
      return loudest == null || !selecting ? List.of() : loudest.speaking(now);
    } finally {
      gather.unlock();
    }
  }

  /// Takes what a participant says to have heard since it last said so.
  ///
  /// @return false when that cannot be, and is ignored
  public boolean report(Subscriber subscriber, int received, int lost, long now) {
    deliver.lock();
    try {
      return subscriber.report(received, lost, now);
    } finally {
      deliver.unlock();
    }
  }

  /// How many of a thousand frames the listeners other than `publisher` miss: as [LossMedian] says.
  /// Called by one thread, with the same time for all publishers whom it asks about in one go.
  public int listenersLoss(Subscriber publisher, long now) {
    return losses.without(publisher, subscribers, participants, now);
  }

  // --- gathering ---

  /// Takes a local publisher's frames, checked and stamped, from the first `length` bytes.
  ///
  /// @return how many were not forwarded since others are louder
  int forward(Speaker speaker, byte[] frames, int length, long now) {
    int dropped = 0;
    boolean complete = false;
    lockWithRoomFor(length, now);
    try {
      BusFeed others = busFeed;
      int frame;
      for (int offset = 0; offset < length; offset += frame) {
        frame = FrameHeader.BYTES + FrameHeader.payloadLength(frames, offset);
        if (!add(speaker, frames, offset, frame, now)) {
          dropped++;
        } else if (others != null) {
          others.add(frames, offset, frame);
        }
      }
      complete = isComplete(now);
    } finally {
      letGo(complete, now);
    }
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
    boolean complete = false;
    lockWithRoomFor(message.length, now);
    try {
      int frame;
      for (int offset = 0; offset < message.length; offset += frame) {
        frame = FrameHeader.BYTES + FrameHeader.payloadLength(message, offset);
        if (FrameHeader.kind(message, offset) != FrameHeader.KIND_AUDIO) {
          busMedia.dropped(DropReason.UNKNOWN_KIND, 1);
          continue;
        }
        Speaker speaker = remote.find(FrameHeader.participant(message, offset));
        if (!speaker.isFirst(FrameHeader.sequence(message, offset))) {
          busMedia.dropped(DropReason.DUPLICATE, 1);
        } else if (!add(speaker, message, offset, frame, now)) {
          busMedia.dropped(DropReason.NOT_LOUDEST, 1);
        }
      }
      complete = isComplete(now);
    } finally {
      letGo(complete, now);
    }
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

  /// Takes `gather`, once the open round has room for so many bytes more.
  private void lockWithRoomFor(int length, long now) {
    gather.lock();
    while (!open.hasRoomFor(length)) {
      handOut(now);
      gather.lock();
    }
  }

  /// Adds a frame to the open round, unless others are louder.
  private boolean add(Speaker speaker, byte[] source, int offset, int frame, long now) {
    speaker.hear(source, offset, now);
    if (loudest != null && !isChosen(loudest, speaker, now)) {
      return false;
    }
    if (!speaker.active) {
      speaker.active = true;
      active.add(speaker);
    }
    boolean opens = open.isEmpty();
    open.add(speaker, source, offset, frame, now);
    if (opens) {
      deadline = now + forwarding.windowNanos(active.size(), subscribers.length);
    }
    return true;
  }

  private boolean isChosen(LoudestSpeakers among, Speaker speaker, long now) {
    if (selecting) {
      return among.admits(speaker, now);
    }
    among.note(speaker, now);
    return true;
  }

  /// Whether the open round is to be handed out now.
  private boolean isComplete(long now) {
    return !open.isEmpty() && (deadline - now <= 0 || !isAnybodyDue(now));
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
        due |= !open.has(speaker) && speaker.heardAt() + FRAME_NANOS - deadline <= 0;
      }
    }
    return due;
  }

  /// Lets go of `gather`, and hands out the round when it is complete.
  private void letGo(boolean complete, long now) {
    if (complete) {
      handOut(now);
      return;
    }
    if (!open.isEmpty()) {
      timer.watch(deadline);
    }
    gather.unlock();
  }

  // --- delivering ---

  /// Hands the open round to everybody here and on the other edges. Called with `gather`, and
  /// returns without it.
  private void handOut(long now) {
    deliver.lock();
    Round closed = open;
    open = spare;
    open.begin(++rounds);
    spare = closed;
    BusFeed others = busFeed;
    Bundle toOthers = others == null ? null : others.take();
    gather.unlock();
    try {
      for (Subscriber subscriber : subscribers) {
        subscriber.offer(closed, now);
      }
    } finally {
      deliver.unlock();
    }
    if (toOthers != null && others != null) {
      others.publish(toOthers);
    }
  }

  /// As [RoundFlusher.Rounds] says.
  long flushIfDue(long now) {
    gather.lock();
    boolean due = !open.isEmpty() && deadline - now <= 0;
    long left = open.isEmpty() ? -1 : deadline - now;
    if (due) {
      handOut(now);
      return -1;
    }
    gather.unlock();
    return left;
  }
}
