package confab.bench.cluster;

import confab.bench.suite.Options;
import confab.bench.suite.Rooms;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.participant.Session;
import confab.participant.SessionListener;
import confab.rig.Patience;
import confab.rig.process.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/// How soon a newcomer sees everybody in a full room, on an edge that has the room already, and on
/// one that hears of it for the first time.
public final class RosterTime implements Suite {
  private static final int PEOPLE = 50;
  private static final SessionListener DEAF = new SessionListener() {};
  private static final String NOTE =
      """
      %d participants are in a room, over WebSocket.
      Newcomers come one after another, each when all know that the one before has left.
      A roster is complete when it shows all of them and the newcomer itself.
      The aim is less than 1 s.\
      """;

  private final Seating seating;
  private final int runs;
  private int failures;

  public RosterTime(Seating seating, Options options) {
    this.seating = seating;
    runs = options.runs(20);
  }

  @Override
  public Table measure() throws Exception {
    seating.awaitWhole();
    String last = Cluster.edges().getLast();
    List<List<String>> rows = new ArrayList<>();
    rows.add(series("has the room", _ -> true, _ -> true));
    rows.add(series("is new to the room", edge -> !edge.equals(last), last::equals));
    return new Table(
        "The roster for a newcomer",
        NOTE.formatted(PEOPLE),
        List.of(
            "the newcomer's edge",
            "people on the edges",
            "newcomers",
            "after `Welcome`, ms: p50 / p90 / worst",
            "after the start of the join, ms: p50 / p90 / worst"),
        rows);
  }

  @Override
  public int failures() {
    return failures;
  }

  private List<String> series(String title, Predicate<String> theirs, Predicate<String> newcomers)
      throws Exception {
    String room = Rooms.fresh();
    List<Session> people = new ArrayList<>();
    try {
      for (int i = 0; i < PEOPLE; i++) {
        people.add(seating.join(room, "person-" + i, theirs, DEAF));
      }
      List<Newcomer> seen = new ArrayList<>();
      for (int i = 1; i <= runs; i++) {
        receive("roster, edge %s %d/%d".formatted(title, i, runs), room, people, newcomers, seen);
      }
      return List.of(
          title,
          spread(people),
          String.valueOf(seen.size()),
          Series.of(seen.stream().mapToDouble(Newcomer::millisFromWelcome)).render(1, 50, 90),
          Series.of(seen.stream().mapToDouble(Newcomer::millisFromStart)).render(0, 50, 90));
    } finally {
      people.forEach(Session::close);
    }
  }

  private void receive(
      String name, String room, List<Session> people, Predicate<String> wanted, List<Newcomer> seen)
      throws Exception {
    boolean there = false;
    while (!there) {
      awaitOnly(people);
      var newcomer = new Newcomer(PEOPLE + 1);
      try (var participant = seating.join(room, "newcomer", newcomer)) {
        there = wanted.test(participant.edge());
        newcomer.awaitEverybody();
      } catch (ConditionTimeoutException e) {
        failures++;
        System.err.println(name + " failed: " + e);
        return;
      }
      if (there) {
        seen.add(newcomer);
        System.err.printf(
            "%s: %.1f ms after Welcome, %.0f ms after the start%n",
            name, newcomer.millisFromWelcome(), newcomer.millisFromStart());
      }
    }
  }

  private static void awaitOnly(List<Session> people) throws Exception {
    Patience.awaitOnly("the last newcomer's leaving")
        .until(() -> people.stream().allMatch(each -> each.roster().size() == PEOPLE));
  }

  private static String spread(List<Session> people) {
    Map<String, Long> counts =
        people.stream()
            .collect(Collectors.groupingBy(Session::edge, TreeMap::new, Collectors.counting()));
    return counts.values().stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }
}
