package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to people, edges and lines: once it stops, all edges soon say the same, which
/// is the truth. Random histories from seeds; a failure names its seed.
class ConvergenceTest {
  private static final int EDGES = 4;
  private static final int STEPS = 150;

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /// One person, with the latest of their connections.
  private static final class Person {
    Guest guest;
    int edge;
    int attempt = 1;

    Person(Guest guest, int edge) {
      this.guest = guest;
      this.edge = edge;
    }

    boolean connected() {
      return guest.link().closed == null;
    }
  }

  private final SimulatedEdges edges = new SimulatedEdges(EDGES);
  private final boolean[] dead = new boolean[EDGES];
  private final List<Person> people = new ArrayList<>();

  /// One on every edge, who only look.
  private final List<Person> witnesses = new ArrayList<>();
  private int names;

  @ParameterizedTest
  @MethodSource("seeds")
  void allEdgesComeToTheSameRoster(int seed) {
    var random = new Random(seed);
    for (int i = 0; i < EDGES; i++) {
      witnesses.add(new Person(Guest.join(edges.edge(i), "demo", "witness"), i));
    }
    for (int step = 0; step < STEPS; step++) {
      something(random);
      pass(Duration.ofMillis(random.nextInt(600)));
    }
    edges.network.lines().forEach(line -> line.group = 0);
    for (int i = 0; i < EDGES; i++) {
      if (!dead[i]) {
        edges.line(i).setConnected(true);
      }
    }
    pass(Duration.ofSeconds(6));
    assertAllSayTheSame();
    comeBack();
    // Longer than anybody stays away.
    pass(Duration.ofSeconds(25));
    assertAllSayTheSame();
    assertThatItIsTrue();
  }

  private void something(Random random) {
    int edge = livingEdge(random);
    Person person = people.isEmpty() ? null : people.get(random.nextInt(people.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> join(edge);
      case 3 -> with(person, each -> each.guest.request(new Request.Leave()));
      case 4 -> with(person, each -> each.guest.drop());
      case 5, 6 -> resume(person, edge);
      case 7 -> with(person, each -> each.guest.request(new Request.Rename("n" + names++)));
      case 8 ->
          with(person, each -> each.guest.request(new Request.SetMuted(random.nextBoolean())));
      case 9 -> edges.line(edge).group = random.nextInt(2);
      case 10 -> edges.line(edge).setConnected(random.nextBoolean());
      default -> kill(edge, random);
    }
  }

  private int livingEdge(Random random) {
    int edge;
    do {
      edge = random.nextInt(EDGES);
    } while (dead[edge]);
    return edge;
  }

  private void join(int edge) {
    people.add(new Person(Guest.join(edges.edge(edge), "demo", "user" + names++), edge));
  }

  private static void with(@Nullable Person person, Consumer<Person> action) {
    if (person != null && person.connected()) {
      action.accept(person);
    }
  }

  /// A participant who has not left comes back, perhaps before the old connection has ended.
  private void resume(@Nullable Person person, int edge) {
    if (person == null
        || person.guest.link().closed == CloseReason.LEFT
        || person.guest.link().closed == CloseReason.SUPERSEDED) {
      return;
    }
    Guest old = person.guest;
    person.guest = old.resume(edges.edge(edge), ++person.attempt);
    person.edge = edge;
  }

  /// Seldom, and never the last two.
  private void kill(int edge, Random random) {
    int living = 0;
    for (boolean each : dead) {
      living += each ? 0 : 1;
    }
    if (living > 2 && random.nextInt(4) == 0) {
      dead[edge] = true;
      edges.kill(edge);
      people.stream()
          .filter(each -> each.edge == edge && each.connected())
          .forEach(each -> each.guest.link().close(CloseReason.CONNECTION_LOST));
    }
  }

  /// Clients whose connection ended against their will come back, as clients do.
  private void comeBack() {
    int edge = livingEdge(new Random(1));
    for (Person person : people) {
      CloseReason closed = person.guest.link().closed;
      if (closed == CloseReason.INTERNAL_ERROR) {
        resume(person, edge);
      }
    }
  }

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 1000) {
      Stream.concat(people.stream(), witnesses.stream())
          .forEach(person -> with(person, each -> each.guest.request(new Request.Ping(1))));
      edges.pass(Duration.ofMillis(Math.min(left, 1000)));
    }
  }

  private void assertAllSayTheSame() {
    List<Map<Integer, Participant>> rosters =
        witnesses.stream().filter(this::lives).map(each -> told(each.guest)).distinct().toList();
    assertThat(rosters).hasSize(1);
  }

  /// What a participant knows from the events alone.
  private static Map<Integer, Participant> told(Guest guest) {
    Map<Integer, Participant> known = new HashMap<>();
    for (Event event : guest.link().events) {
      switch (event) {
        case Event.Welcome welcome ->
            welcome.participants().forEach(each -> known.put(each.number(), each));
        case Event.Joined(Participant who, boolean _) -> known.put(who.number(), who);
        case Event.Updated(Participant who) -> known.put(who.number(), who);
        case Event.Left(int number, CloseReason _) -> known.remove(number);
        default -> {}
      }
    }
    known.values().removeIf(each -> each.user().value().equals("witness"));
    return known;
  }

  private void assertThatItIsTrue() {
    List<Participant> present =
        people.stream().filter(Person::connected).map(each -> each.guest.participant()).toList();
    Person witness = witnesses.stream().filter(this::lives).findFirst().orElseThrow();
    assertThat(told(witness.guest).values()).containsExactlyInAnyOrderElementsOf(present);
  }

  private boolean lives(Person person) {
    return !dead[person.edge];
  }
}
