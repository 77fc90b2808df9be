package confab.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class TerminalTest {
  @Command(name = "nap", mixinStandardHelpOptions = true)
  private static final class Nap implements Callable<Integer> {
    @Option(names = "--time", converter = Durations.class)
    private @Nullable Duration time;

    @Override
    public Integer call() {
      return time == null ? 3 : (int) time.toSeconds();
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean watched) {
    return new Terminal(new PrintStream(out, true), new PrintStream(err, true), watched);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void resultsAndComplaintsGoDifferentWays() {
    Terminal terminal = terminal(false);
    terminal.say("42");

    assertThat(terminal.fail("no answer")).isEqualTo(Terminal.FAILED);
    assertThat(text(out)).isEqualTo("42\n");
    assertThat(text(err)).isEqualTo("confab: no answer\n");
  }

  @Test
  void progressMakesRoomForWhatFollowsAndIsNotForLogs() {
    Terminal watched = terminal(true);
    watched.progress("1 s");
    watched.progress("2 s");
    watched.warn("late");
    assertThat(text(err)).isEqualTo("\r\033[K1 s\r\033[K2 s\r\033[Kconfab: late\n");

    err.reset();
    Terminal logged = terminal(false);
    logged.progress("1 s");
    logged.log("5 s");
    assertThat(text(err)).isEqualTo("5 s\n");
  }

  @Test
  void theExitCodeIsThatOfTheCommand() {
    assertThat(terminal(false).run(new CommandLine(new Nap()), "--time", "7s")).isEqualTo(7);
    assertThat(terminal(false).run(new CommandLine(new Nap()), "--help")).isZero();
    assertThat(text(out)).contains("--time");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void wrongUsageIsOneLineAndExitCode2() {
    assertThat(terminal(false).run(new CommandLine(new Nap()), "--time", "soon")).isEqualTo(2);
    assertThat(text(err).lines())
        .singleElement()
        .asString()
        .startsWith("confab: ")
        .contains("'soon' is not a duration");
    assertThat(text(out)).isEmpty();
  }
}
