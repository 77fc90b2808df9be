package confab.bench;

import confab.bench.suite.Options;
import confab.participant.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The command line; `bench/run --help` explains it.
record Arguments(Set<Suites> only, Options options, boolean update) {
  /// @throws IllegalArgumentException with a line for a person
  static Arguments parse(List<String> words) {
    var arguments = new Arguments(EnumSet.allOf(Suites.class), Options.defaults(), false);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--quick")) {
        arguments = arguments.with(arguments.options.beingQuick());
      } else if (word.equals("--update")) {
        arguments = new Arguments(arguments.only, arguments.options, true);
      } else if (i + 1 == words.size()) {
        throw new IllegalArgumentException(word + ": no such option, or its value is missing");
      } else {
        arguments = arguments.with(word, words.get(++i));
      }
    }
    return arguments;
  }

  private Arguments with(Options other) {
    return new Arguments(only, other, update);
  }

  private Arguments with(String option, String value) {
    return switch (option) {
      case "--only" -> new Arguments(Suites.parse(List.of(value.split(","))), options, update);
      case "--runs" -> with(options.withRuns(number(option, value, 1)));
      case "--seconds" -> with(options.withSeconds(number(option, value, 2)));
      case "--minutes" -> with(options.withMinutes(number(option, value, 1)));
      case "--transport" -> with(options.withTransport(transport(value)));
      case "--attacks" -> with(options.withAttacks(List.of(value.split(","))));
      default -> throw new IllegalArgumentException("unknown option " + option);
    };
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

  /// What makes one table as it is made here.
  String command(Suites suite) {
    var command = new StringBuilder("bench/run --only " + suite.label());
    options.givenRuns().ifPresent(runs -> command.append(" --runs ").append(runs));
    options.givenSeconds().ifPresent(seconds -> command.append(" --seconds ").append(seconds));
    if (suite == Suites.SOAK && options.minutes() != Options.SOAK_MINUTES) {
      command.append(" --minutes ").append(options.minutes());
    }
    if (options.transport() != Transport.WEBTRANSPORT) {
      command.append(" --transport ").append(options.transport().label());
    }
    if (suite == Suites.ABUSE && !options.attacks().isEmpty()) {
      command.append(" --attacks ").append(String.join(",", options.attacks()));
    }
    return command.append(options.quick() ? " --quick" : "").toString();
  }
}
