package confab.bench.listener;

import confab.bench.suite.Rooms;
import confab.participant.JoinException;
import confab.rig.process.EdgeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Rooms whose people change all the time: one after another leaves, and somebody else comes.
final class Churn implements AutoCloseable {
  static final int ROOMS = 20;
  static final int SPEAKERS = 2;
  static final int LISTENERS = 1;

  /// From one change, somewhere, to the next.
  static final Duration PACE = Duration.ofMillis(500);

  private static final Duration LOOK = Duration.ofMillis(250);

  /// Who hears nothing for so long although somebody speaks is stalled.
  private static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();

  /// The last frames of who leaves may be under way.
  private static final long SETTLED_NANOS = 2 * STALL_NANOS;

  private final EdgeProcess edge;
  private final List<Room> rooms = IntStream.range(0, ROOMS).mapToObj(_ -> new Room()).toList();
  private final Random random = new Random(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread changing =
      Thread.ofPlatform().daemon().name("churn").unstarted(this::change);
  private final Thread watching =
      Thread.ofPlatform().daemon().name("stalls").unstarted(this::watch);

  private long joined; // this and what follows is guarded by this
  private long failed;
  private long stalls;
  private long heard;
  private long missing;

  /// Who sits there; guarded by the [Churn].
  private static final class Room {
    private final String name = Rooms.fresh();
    private final List<Attendee> people = new ArrayList<>();
  }

  /// What has happened so far.
  ///
  /// @param missing frames of those who have left, out of `heard` and these
  record Count(long joined, long failed, long stalls, long heard, long missing) {}

  private Churn(EdgeProcess edge) {
    this.edge = edge;
  }

  /// Blocks until all places are taken.
  static Churn start(EdgeProcess edge) throws JoinException {
    var churn = new Churn(edge);
    for (Room room : churn.rooms) {
      for (int place = 0; place < SPEAKERS + LISTENERS; place++) {
        churn.take(room, place, churn.newcomer(room, place));
      }
    }
    churn.changing.start();
    churn.watching.start();
    return churn;
  }

  /// The first places are the speakers'.
  private Attendee newcomer(Room room, int place) throws JoinException {
    return Attendee.join(edge, room.name, "person-" + place, place < SPEAKERS);
  }

  private synchronized void take(Room room, int place, Attendee attendee) {
    room.people.add(place, attendee);
    joined++;
  }

  private void change() {
    try {
      while (!closing.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
        replace(rooms.get(random.nextInt(ROOMS)), random.nextInt(SPEAKERS + LISTENERS));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  private void replace(Room room, int place) {
    try {
      Attendee newcomer = newcomer(room, place);
      Attendee old = change(room, place, newcomer);
      old.close();
    } catch (JoinException e) {
      System.err.println("soak: could not join: " + e.getMessage());
      synchronized (this) {
        failed++;
      }
    }
  }

  private synchronized Attendee change(Room room, int place, Attendee newcomer) {
    Attendee old = room.people.set(place, newcomer);
    joined++;
    heard += old.framesHeard();
    missing += old.framesMissing();
    return old;
  }

  private void watch() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        rooms.forEach(this::lookForStalls);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  private synchronized void lookForStalls(Room room) {
    long now = System.nanoTime();
    for (Attendee each : room.people) {
      boolean spoken =
          room.people.stream()
              .anyMatch(other -> other != each && other.hasSpokenFor(SETTLED_NANOS, now));
      if (spoken && each.beginsToStall(STALL_NANOS, now)) {
        stalls++;
      }
    }
  }

  synchronized Count count() {
    return new Count(joined, failed, stalls, heard, missing);
  }

  /// Everybody leaves.
  @Override
  public void close() {
    closing.countDown();
    try {
      changing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Room room : rooms) {
      room.people.forEach(Attendee::close);
    }
  }
}
