package confab.room;

import confab.frames.Forwarding;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.room.limits.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells everybody who is connected to a room here what has changed. Guarded by its room.
///
/// Every change costs a message for each attendee, so a thousand who come at once would cost a
/// million. In a room of more than [Forwarding#CROWD] connections changes wait for the next sweep
/// of the room and go together. Bound: the changes of a quarter of a second, of one participant the
/// last one, and [#MAX_WORD_BYTES] of words; words that come when there is so much are dropped and
/// counted.
final class Announcer {
  /// One message fits in a packet with this much of events.
  private static final int MAX_BATCH_BYTES = 1000;

  /// More than a room may write at once, unless its limit is wide.
  static final int MAX_WORD_BYTES = 80 * 1024;

  private final Set<Attendee> connected = new LinkedHashSet<>();

  /// The active speakers that everybody has been told of, or will be with the waiting events.
  private List<Integer> speaking = List.of();

  /// When everybody was told of whom. Bound: those who are in the room, by their numbers.
  private final Map<Integer, Long> cameAt = new HashMap<>();

  /// Written once, for everybody. By serial numbers, in their order.
  private final SortedMap<Long, Waiting> waiting = new TreeMap<>();

  private long serial;
  private int wordBytes;

  /// The waiting events that a later one makes void, by what they are about.
  private final Map<Object, Long> replaceable = new HashMap<>();

  private final EdgeContext context;
  private final RecentWords recent;

  /// The first event that an attendee does not know, where it knows some of those that wait.
  private final Map<Attendee, Long> known = new HashMap<>();

  /// An event, or several in one message.
  ///
  /// @param words whether there is nothing but words in it
  private record Waiting(byte[] bytes, boolean words) {}

  Announcer(EdgeContext context) {
    this.context = context;
    RoomLimits limits = context.limits();
    recent = new RecentWords(limits.resumeWindow().plus(limits.idleTimeout()).toNanos());
  }

  /// Tells the attendee of changes from here on; it knows of all earlier ones.
  void add(Attendee attendee) {
    connected.add(attendee);
    if (!waiting.isEmpty()) {
      known.put(attendee, serial);
    }
  }

  void remove(Attendee attendee) {
    connected.remove(attendee);
    known.remove(attendee);
  }

  int size() {
    return connected.size();
  }

  /// The participant's session is not this edge's any more; of those who are shown others say when
  /// they go.
  void forget(Participant who) {
    if (who.hidden()) {
      cameAt.remove(who.number());
    }
  }

  /// Called when an attendee has its welcome, which says neither who speaks nor what was written.
  ///
  /// @param number of its participant
  /// @param back whether it comes back, and may have missed something since it came first
  void greet(Attendee attendee, int number, boolean back) {
    if (!speaking.isEmpty()) {
      attendee.send(new Event.Speakers(speaking).toBytes(), false);
    }
    long now = context.now();
    long came = Objects.requireNonNullElse(cameAt.putIfAbsent(number, now), now);
    if (back) {
      List<byte[]> missed = recent.events(now, came);
      send(attendee, messages(missed.stream().map(event -> new Waiting(event, true)).toList()));
    }
  }

  /// Tells who speaks, when that has changed.
  void tellSpeakers(List<Integer> nowSpeaking) {
    if (!nowSpeaking.equals(speaking)) {
      speaking = nowSpeaking;
      tell(new Event.Speakers(nowSpeaking));
    }
  }

  void tell(Event event) {
    byte[] bytes = event.toBytes();
    boolean word = event instanceof Event.Word;
    if (word && wordBytes + bytes.length > MAX_WORD_BYTES) {
      context.limited().count(Limit.ROOM_TEXT);
      return;
    }
    switch (event) {
      case Event.Said said -> recent.add(said, context.now());
      case Event.Joined(Participant who, boolean _) -> cameAt.put(who.number(), context.now());
      case Event.Left(int number, CloseReason _) -> {
        cameAt.remove(number);
        makeVoid(number);
      }
      default -> {
        // Neither is written nor changes who may read.
      }
    }
    put(new Waiting(bytes, word), subject(event));
    if (connected.size() <= Forwarding.CROWD) {
      tellWaiting();
    }
  }

  /// What a later event of the same subject makes void; null for events that all count. What
  /// somebody is now makes void what they were before, but not that they came.
  private static @Nullable Object subject(Event event) {
    return switch (event) {
      case Event.Updated(Participant who) -> who.number();
      case Event.Speakers _, Event.Reach _ -> event.getClass();
      default -> null;
    };
  }

  private void put(Waiting event, @Nullable Object subject) {
    if (subject != null) {
      makeVoid(subject);
      replaceable.put(subject, serial);
    }
    waiting.put(serial++, event);
    wordBytes += event.words() ? event.bytes().length : 0;
  }

  private void makeVoid(Object subject) {
    Long former = replaceable.remove(subject);
    if (former != null) {
      waiting.remove(former);
    }
  }

  /// Called four times a second.
  void tellWaiting() {
    recent.forget(context.now());
    if (waiting.isEmpty()) {
      return;
    }
    List<Waiting> messages = messages(waiting.values());
    for (Attendee attendee : connected) {
      Long from = known.get(attendee);
      send(attendee, from == null ? messages : messages(waiting.tailMap(from).values()));
    }
    waiting.clear();
    wordBytes = 0;
    replaceable.clear();
    known.clear();
  }

  private static void send(Attendee attendee, List<Waiting> messages) {
    messages.forEach(message -> attendee.send(message.bytes(), message.words()));
  }

  private static List<Waiting> messages(Collection<Waiting> events) {
    List<Waiting> messages = new ArrayList<>();
    List<byte[]> batch = new ArrayList<>();
    int bytes = 0;
    boolean words = true;
    for (Waiting event : events) {
      if (!batch.isEmpty() && bytes + event.bytes().length > MAX_BATCH_BYTES) {
        messages.add(new Waiting(Event.batch(batch), words));
        batch.clear();
        bytes = 0;
        words = true;
      }
      batch.add(event.bytes());
      bytes += event.bytes().length;
      words &= event.words();
    }
    if (!batch.isEmpty()) {
      messages.add(new Waiting(Event.batch(batch), words));
    }
    return messages;
  }
}
