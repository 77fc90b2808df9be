package confab.participant;

import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One participant's picture of its room, built from the events. Written by one thread at a time,
/// read by any.
final class Roster {
  private final ConcurrentHashMap<Integer, Participant> participants = new ConcurrentHashMap<>();
  private volatile Event.@Nullable Welcome welcome;
  private volatile Optional<DisplayName> roomName = Optional.empty();

  /// Touched with events only.
  private final Set<Integer> missing = new HashSet<>();

  void note(Event event) {
    switch (event) {
      case Event.Welcome anew -> begin(anew);
      case Event.Joined(Participant who, boolean _) -> put(who);
      case Event.Left(int number, CloseReason _) -> remove(number);
      case Event.Updated(Participant who) -> put(who);
      case Event.You(Participant who, String _) -> put(who);
      case Event.RoomChanged(DisplayName name) -> roomName = Optional.of(name);
      case Event.Pong _,
          Event.Refused _,
          Event.Move _,
          Event.Reach _,
          Event.GrantEnds _,
          Event.Speakers _,
          Event.Word _,
          Event.PublisherReport _,
          Event.Unknown _,
          Event.Malformed _ -> {}
    }
  }

  private void put(Participant who) {
    missing.remove(who.number());
    participants.put(who.number(), who);
  }

  private void remove(int number) {
    missing.remove(number);
    participants.remove(number);
  }

  private void begin(Event.Welcome anew) {
    Map<Integer, Participant> all = everybodyIn(anew);
    missing.clear();
    participants.putAll(all);
    participants.keySet().retainAll(all.keySet());
    roomName = anew.roomName();
    welcome = anew;
  }

  private static Map<Integer, Participant> everybodyIn(Event.Welcome welcome) {
    Map<Integer, Participant> all = new HashMap<>();
    welcome.participants().forEach(each -> all.put(each.number(), each));
    all.put(welcome.you().number(), welcome.you());
    return all;
  }

  /// Takes the welcome of another edge for the same session. Whom it does not name is away: that
  /// edge may just not have heard of them.
  ///
  /// @return what it changes, as the events that would have told
  List<Event> goOn(Event.Welcome resumed) {
    Map<Integer, Participant> all = everybodyIn(resumed);
    missing.clear();
    for (Participant known : participants.values()) {
      if (!all.containsKey(known.number())) {
        missing.add(known.number());
        all.put(known.number(), known.withAway(true));
      }
    }
    List<Event> changes = new ArrayList<>();
    for (Participant who : all.values()) {
      Participant before = participants.get(who.number());
      if (before == null) {
        changes.add(new Event.Joined(who, true));
      } else if (!before.equals(who)) {
        changes.add(new Event.Updated(who));
      }
    }
    if (resumed.roomName().isPresent() && !resumed.roomName().equals(roomName)) {
      changes.add(new Event.RoomChanged(resumed.roomName().get()));
      roomName = resumed.roomName();
    }
    participants.putAll(all);
    welcome = resumed;
    return changes;
  }

  /// Whether the edge has not named this one yet.
  boolean isMissing(int number) {
    return missing.contains(number);
  }

  /// Those whom the edge has not named yet.
  List<Integer> missing() {
    return List.copyOf(missing);
  }

  /// The latest one.
  Event.Welcome welcome() {
    Event.Welcome latest = welcome;
    if (latest == null) {
      throw new IllegalStateException("not welcomed yet");
    }
    return latest;
  }

  Optional<DisplayName> roomName() {
    return roomName;
  }

  boolean isEmpty() {
    return welcome == null;
  }

  Participant you() {
    Event.Welcome latest = welcome();
    return participants.getOrDefault(latest.you().number(), latest.you());
  }

  Optional<Participant> find(int number) {
    return Optional.ofNullable(participants.get(number));
  }

  Collection<Participant> everybody() {
    return List.copyOf(participants.values());
  }
}
