package confab.bench.suite;

import confab.participant.Transport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// How suites measure; `bench/run --help` explains it.
///
/// @param attacks of the abuse suite; empty for all
/// @param quick small and short: shows that everything works, and nothing else
public record Options(
    OptionalInt givenRuns,
    OptionalInt givenSeconds,
    int minutes,
    Transport transport,
    List<String> attacks,
    boolean quick) {
  public static final int SOAK_MINUTES = 30;
  private static final int QUICK_SECONDS = 3;

  public static Options defaults() {
    return new Options(
        OptionalInt.empty(),
        OptionalInt.empty(),
        SOAK_MINUTES,
        Transport.WEBTRANSPORT,
        List.of(),
        false);
  }

  public Options withRuns(int runs) {
    return new Options(OptionalInt.of(runs), givenSeconds, minutes, transport, attacks, quick);
  }

  public Options withSeconds(int seconds) {
    return new Options(givenRuns, OptionalInt.of(seconds), minutes, transport, attacks, quick);
  }

  public Options withMinutes(int ofTheSoak) {
    return new Options(givenRuns, givenSeconds, ofTheSoak, transport, attacks, quick);
  }

  public Options withTransport(Transport chosen) {
    return new Options(givenRuns, givenSeconds, minutes, chosen, attacks, quick);
  }

  public Options withAttacks(List<String> chosen) {
    return new Options(givenRuns, givenSeconds, minutes, transport, chosen, quick);
  }

  public Options beingQuick() {
    return new Options(givenRuns, givenSeconds, minutes, transport, attacks, true);
  }

  /// How often each thing is measured.
  public int runs(int unlessGiven) {
    return givenRuns.orElse(quick ? 1 : unlessGiven);
  }

  /// How long each time.
  public Duration length(int secondsUnlessGiven) {
    return Duration.ofSeconds(givenSeconds.orElse(quick ? QUICK_SECONDS : secondsUnlessGiven));
  }

  /// All of the sizes, or when it has to be quick the first of them.
  public <T> List<T> sizes(int whenQuick, List<T> all) {
    return quick ? all.subList(0, whenQuick) : all;
  }
}
