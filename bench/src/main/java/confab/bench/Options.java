package confab.bench;

import confab.cli.HeadlessParticipant.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/// The command line; `bench/failover --help` explains it.
@NullMarked
record Options(int runs, Transport transport, Duration length, Set<String> only) {
  static final String ROSTER = "roster";
  static final String LATENCY = "latency";
  static final String CPU = "cpu";

  /// @throws IllegalArgumentException with a line for a person
  static Options parse(List<String> words) {
    var options = new Options(20, Transport.WEBTRANSPORT, Duration.ofSeconds(30), everything());
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + ": a value is missing");
      }
      options = options.with(words.get(i), words.get(i + 1));
    }
    return options;
  }

  private Options with(String option, String value) {
    return switch (option) {
      case "--runs" -> new Options(number(option, value), transport, length, only);
      case "--transport" -> new Options(runs, transport(value), length, only);
      case "--seconds" ->
          new Options(runs, transport, Duration.ofSeconds(number(option, value)), only);
      case "--only" -> new Options(runs, transport, length, choice(value));
      default -> throw new IllegalArgumentException("unknown option " + option);
    };
  }

  private static int number(String option, String value) {
    if (!value.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(option + ": " + value + " is no number above 0");
    }
    return Integer.parseInt(value);
  }

  private static Transport transport(String value) {
    return switch (value) {
      case "webtransport", "websocket" -> Transport.valueOf(value.toUpperCase(Locale.ROOT));
      default -> throw new IllegalArgumentException("--transport: webtransport or websocket");
    };
  }

  private static Set<String> choice(String value) {
    Set<String> chosen = new TreeSet<>(List.of(value.split(",")));
    if (!everything().containsAll(chosen)) {
      throw new IllegalArgumentException("--only: of " + String.join(", ", everything()));
    }
    return chosen;
  }

  private static Set<String> everything() {
    Set<String> all = new TreeSet<>(List.of(ROSTER, LATENCY, CPU));
    Arrays.stream(Scenario.values()).forEach(each -> all.add(each.key));
    return all;
  }

  /// What is to be measured, in order.
  List<Measurement> measurements(Cluster cluster) {
    List<Measurement> chosen = new ArrayList<>();
    var seating = new Seating(cluster, transport);
    var cheap = new Seating(cluster, Transport.WEBSOCKET);
    List<Scenario> scenarios =
        Arrays.stream(Scenario.values()).filter(each -> only.contains(each.key)).toList();
    if (!scenarios.isEmpty()) {
      chosen.add(new Outages(cluster, seating, scenarios, runs));
    }
    if (only.contains(ROSTER)) {
      chosen.add(new RosterTime(cheap, runs));
    }
    if (only.contains(LATENCY)) {
      chosen.add(new Latency(seating, length));
    }
    if (only.contains(CPU)) {
      chosen.add(new CpuPerFrame(cluster, cheap, length, runs));
    }
    return chosen;
  }
}
