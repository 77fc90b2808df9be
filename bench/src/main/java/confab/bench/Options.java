package confab.bench;

import confab.participant.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// The command line; `bench/run --help` explains it.
///
/// @param quick small and short: shows that everything works, and nothing else
@NullMarked
record Options(
    Set<Suites> only,
    OptionalInt givenRuns,
    OptionalInt givenSeconds,
    int minutes,
    Transport transport,
    boolean quick,
    boolean update) {
  private static final int SOAK_MINUTES = 30;
  private static final int QUICK_SECONDS = 3;

  /// @throws IllegalArgumentException with a line for a person
  static Options parse(List<String> words) {
    var options =
        new Options(
            EnumSet.allOf(Suites.class),
            OptionalInt.empty(),
            OptionalInt.empty(),
            SOAK_MINUTES,
            Transport.WEBTRANSPORT,
            false,
            false);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--quick")) {
        options = options.with(true, options.update);
      } else if (word.equals("--update")) {
        options = options.with(options.quick, true);
      } else if (i + 1 == words.size()) {
        throw new IllegalArgumentException(word + ": no such option, or its value is missing");
      } else {
        options = options.with(word, words.get(++i));
      }
    }
    return options;
  }

  private Options with(boolean nowQuick, boolean nowUpdate) {
    return new Options(only, givenRuns, givenSeconds, minutes, transport, nowQuick, nowUpdate);
  }

  private Options with(String option, String value) {
    return switch (option) {
      case "--only" -> with(Suites.parse(List.of(value.split(","))), givenRuns, givenSeconds);
      case "--runs" -> with(only, OptionalInt.of(number(option, value, 1)), givenSeconds);
      case "--seconds" -> with(only, givenRuns, OptionalInt.of(number(option, value, 2)));
      case "--minutes" -> with(number(option, value, 1), transport);
      case "--transport" -> with(minutes, transport(value));
      default -> throw new IllegalArgumentException("unknown option " + option);
    };
  }

  private Options with(Set<Suites> suites, OptionalInt runs, OptionalInt seconds) {
    return new Options(suites, runs, seconds, minutes, transport, quick, update);
  }

  private Options with(int nowMinutes, Transport nowTransport) {
    return new Options(only, givenRuns, givenSeconds, nowMinutes, nowTransport, quick, update);
  }

  private static int number(String option, String value, int least) {
    if (!value.matches("\\d{1,4}") || Integer.parseInt(value) < least) {
      throw new IllegalArgumentException(option + ": " + value + " is no number from " + least);
    }
    return Integer.parseInt(value);
  }

  private static Transport transport(String value) {
    return switch (value) {
      case "webtransport", "websocket" -> Transport.valueOf(value.toUpperCase(Locale.ROOT));
      default -> throw new IllegalArgumentException("--transport: webtransport or websocket");
    };
  }

  /// How often each thing is measured.
  int runs(int unlessGiven) {
    return givenRuns.orElse(quick ? 1 : unlessGiven);
  }

  /// How long each time.
  Duration length(int secondsUnlessGiven) {
    return Duration.ofSeconds(givenSeconds.orElse(quick ? QUICK_SECONDS : secondsUnlessGiven));
  }

  /// All of the sizes, or when it has to be quick the first of them.
  <T> List<T> sizes(int whenQuick, List<T> all) {
    return quick ? all.subList(0, whenQuick) : all;
  }

  /// What makes one table as it is made here.
  String command(Suites suite) {
    var command = new StringBuilder("bench/run --only " + suite.label());
    givenRuns.ifPresent(runs -> command.append(" --runs ").append(runs));
    givenSeconds.ifPresent(seconds -> command.append(" --seconds ").append(seconds));
    if (suite == Suites.SOAK && minutes != SOAK_MINUTES) {
      command.append(" --minutes ").append(minutes);
    }
    if (transport != Transport.WEBTRANSPORT) {
      command.append(" --transport ").append(transport.label());
    }
    return command.append(quick ? " --quick" : "").toString();
  }
}
