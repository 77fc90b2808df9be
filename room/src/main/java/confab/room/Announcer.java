package confab.room;

import confab.frames.Forwarding;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells everybody who is connected to a room here what has changed. Guarded by its room.
///
/// Every change costs a message for each attendee, so a thousand who come at once would cost a
/// million. In a room of more than [Forwarding#CROWD] connections changes wait for the next sweep
/// of the room and go together. Bound: the changes of a quarter of a second.
final class Announcer {
  /// One message fits in a packet with this much of events.
  private static final int MAX_BATCH_BYTES = 1000;

  private final Set<Attendee> connected = new LinkedHashSet<>();

  /// The active speakers that everybody has been told of, or will be with the waiting events.
  private List<Integer> speaking = List.of();

  /// When everybody was told of whom. Bound: those who are in the room, by their numbers.
  private final Map<Integer, Long> cameAt = new HashMap<>();

  /// Written once, for everybody.
  private final List<byte[]> waiting = new ArrayList<>();

  private final EdgeContext context;
  private final RecentWords recent;

  /// How many of the waiting events an attendee knows already, where that is not none of them.
  private final Map<Attendee, Integer> known = new HashMap<>();

  Announcer(EdgeContext context) {
    this.context = context;
    RoomLimits limits = context.limits();
    recent = new RecentWords(limits.resumeWindow().plus(limits.idleTimeout()).toNanos());
  }

  /// Tells the attendee of changes from here on; it knows of all earlier ones.
  void add(Attendee attendee) {
    connected.add(attendee);
    if (!waiting.isEmpty()) {
      known.put(attendee, waiting.size());
    }
  }

  void remove(Attendee attendee) {
    connected.remove(attendee);
    known.remove(attendee);
  }

  int size() {
    return connected.size();
  }

  /// Called when an attendee has its welcome, which says neither who speaks nor what was written.
  ///
  /// @param number of its participant
  /// @param back whether it comes back, and may have missed something since it came first
  void greet(Attendee attendee, int number, boolean back) {
    if (!speaking.isEmpty()) {
      attendee.send(new Event.Speakers(speaking).toBytes());
    }
    if (back) {
      long now = context.now();
      messages(recent.events(now, cameAt.getOrDefault(number, now))).forEach(attendee::send);
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
    switch (event) {
      case Event.Said said -> recent.add(said, context.now());
      case Event.Joined(Participant who, boolean _) -> cameAt.put(who.number(), context.now());
      case Event.Left(int number, CloseReason _) -> cameAt.remove(number);
      default -> {
        // Neither is written nor changes who may read.
      }
    }
    waiting.add(event.toBytes());
    if (connected.size() <= Forwarding.CROWD) {
      tellWaiting();
    }
  }

  /// Called four times a second.
  void tellWaiting() {
    recent.forget(context.now());
    if (waiting.isEmpty()) {
      return;
    }
    List<byte[]> messages = messages(waiting);
    for (Attendee attendee : connected) {
      Integer before = known.get(attendee);
      List<byte[]> news =
          before == null ? messages : messages(waiting.subList(before, waiting.size()));
      news.forEach(attendee::send);
    }
    waiting.clear();
    known.clear();
  }

  private static List<byte[]> messages(List<byte[]> events) {
    List<byte[]> messages = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      int to = from;
      int bytes = 0;
      while (to < events.size()
          && (to == from || bytes + events.get(to).length <= MAX_BATCH_BYTES)) {
        bytes += events.get(to).length;
        to++;
      }
      messages.add(Event.batch(events.subList(from, to)));
      from = to;
    }
    return messages;
  }
}
