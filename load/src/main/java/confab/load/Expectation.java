package confab.load;

import confab.load.measure.SequenceTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many frames should arrive. Each frame of a publisher of this process should arrive at
/// everybody else of its room who was there when the measured time began. What a publisher of
/// another process sent is only known by what is heard: all frames from the lowest sequence that
/// anybody of the room heard to the highest should arrive at everybody.
final class Expectation {
  private final Plan plan;
  private final Crowd crowd;
  private final List<int[]> present;

  /// The measured time begins.
  Expectation(Plan plan, Crowd crowd) {
    this.plan = plan;
    this.crowd = crowd;
    present = crowd.ask(this::present);
  }

  private int[] present(Worker worker) {
    int[] rooms = new int[plan.rooms()];
    crowd.of(worker).stream().filter(Participant::isPresent).forEach(each -> rooms[each.room()]++);
    return rooms;
  }

  /// In the measured time so far.
  long frames() {
    return Math.round(plan.publishers() > 0 ? ofOwn() : ofOthers());
  }

  private double ofOwn() {
    double sum = 0;
    for (long[] sent : crowd.ask(this::sent)) {
      for (int room = 0; room < plan.rooms(); room++) {
        sum += (double) sent[room] * Math.max(0, presentIn(room) - 1);
      }
    }
    return sum * forwarded(plan, plan.publishers());
  }

  private long[] sent(Worker worker) {
    long[] rooms = new long[plan.rooms()];
    crowd.of(worker).forEach(each -> rooms[each.room()] += each.sentInWindow());
    return rooms;
  }

  private double ofOthers() {
    Map<Integer, Map<Integer, Span>> rooms = new HashMap<>();
    for (Map<Integer, Map<Integer, Span>> part : crowd.ask(this::heard)) {
      part.forEach(
          (room, spans) -> spans.forEach((publisher, span) -> add(rooms, room, publisher, span)));
    }
    double sum = 0;
    for (var room : rooms.entrySet()) {
      long frames = room.getValue().values().stream().mapToLong(Span::frames).sum();
      sum += frames * presentIn(room.getKey()) * forwarded(plan, room.getValue().size());
    }
    return sum;
  }

  /// By room and publisher.
  private Map<Integer, Map<Integer, Span>> heard(Worker worker) {
    Map<Integer, Map<Integer, Span>> rooms = new HashMap<>();
    for (Participant each : crowd.of(worker)) {
      SequenceTracker heard = each.heard();
      for (int publisher = 0; publisher < heard.publishers(); publisher++) {
        if (heard.hasHeard(publisher)) {
          var span = new Span(heard.first(publisher), heard.latest(publisher));
          add(rooms, each.room(), publisher, span);
        }
      }
    }
    return rooms;
  }

  private static void add(
      Map<Integer, Map<Integer, Span>> rooms, int room, int publisher, Span span) {
    rooms.computeIfAbsent(room, _ -> new HashMap<>()).merge(publisher, span, Span::with);
  }

  private int presentIn(int room) {
    return present.stream().mapToInt(each -> each[room]).sum();
  }

  /// The part of the frames that an edge forwards when it forwards only the loudest.
  static double forwarded(Plan plan, int speakers) {
    boolean all =
        plan.loudest() == 0 || plan.loudest() >= speakers || plan.talk() == Plan.Talk.ALTERNATING;
    return all ? 1 : (double) plan.loudest() / speakers;
  }

  /// From one sequence to another, both included; they may wrap.
  record Span(int first, int latest) {
    Span with(Span other) {
      return new Span(
          other.first - first < 0 ? other.first : first,
          other.latest - latest > 0 ? other.latest : latest);
    }

    long frames() {
      return latest - first + 1;
    }
  }
}
