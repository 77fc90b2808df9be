package confab.cli;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One participant's picture of its room, built from the events. Written by one thread at a time,
/// read by any.
final class Roster {
  private final ConcurrentHashMap<Integer, Participant> participants = new ConcurrentHashMap<>();
  private volatile Event.@Nullable Welcome welcome;

  void note(Event event) {
    switch (event) {
      case Event.Welcome anew -> begin(anew);
      case Event.Joined(Participant who, boolean _) -> put(who);
      case Event.Left(int number, CloseReason _) -> participants.remove(number);
      case Event.Updated(Participant who) -> put(who);
      case Event.You(Participant who, String _) -> put(who);
      case Event.Pong _,
          Event.Refused _,
          Event.Move _,
          Event.Reach _,
          Event.Speakers _,
          Event.Word _,
          Event.PublisherReport _,
          Event.Unknown _,
          Event.Malformed _ -> {}
    }
  }

  private void put(Participant who) {
    participants.put(who.number(), who);
  }

  private void begin(Event.Welcome anew) {
    Map<Integer, Participant> all = everybodyIn(anew);
    participants.putAll(all);
    participants.keySet().retainAll(all.keySet());
    welcome = anew;
  }

  private static Map<Integer, Participant> everybodyIn(Event.Welcome welcome) {
    Map<Integer, Participant> all = new HashMap<>();
    welcome.participants().forEach(each -> all.put(each.number(), each));
    all.put(welcome.you().number(), welcome.you());
    return all;
  }

  /// What has changed since the last event, as the events that would have told. The picture itself
  /// stays as it is.
  List<Event> changesTo(Event.Welcome resumed) {
    Map<Integer, Participant> all = everybodyIn(resumed);
    List<Event> changes = new ArrayList<>();
    for (int number : participants.keySet()) {
      if (!all.containsKey(number)) {
        changes.add(new Event.Left(number, CloseReason.LEFT));
      }
    }
    for (Participant who : all.values()) {
      Participant before = participants.get(who.number());
      if (before == null) {
        changes.add(new Event.Joined(who, true));
      } else if (!before.equals(who)) {
        changes.add(new Event.Updated(who));
      }
    }
    return changes;
  }

  /// The latest one.
  Event.Welcome welcome() {
    Event.Welcome latest = welcome;
    if (latest == null) {
      throw new IllegalStateException("not welcomed yet");
    }
    return latest;
  }

  boolean isEmpty() {
    return welcome == null;
  }

  Participant you() {
    Event.Welcome latest = welcome();
    return participants.getOrDefault(latest.you().number(), latest.you());
  }

  Collection<Participant> everybody() {
    return List.copyOf(participants.values());
  }
}
