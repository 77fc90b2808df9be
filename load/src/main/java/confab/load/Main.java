package confab.load;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The command line.
///
/// Exit codes: 0 when all went well, 1 when somebody could not connect, a connection was lost or a
/// limit was exceeded, 2 for wrong usage. Each failure is one line on standard error.
public final class Main {
  private Main() {}

  @SuppressWarnings("SystemConsoleNull")
  public static void main(String[] args) {
    // A console is where input and output both are a terminal, and on some JDKs says so itself.
    Console console = System.console();
    boolean interactive = console != null && console.isTerminal();
    System.exit(run(System.out, System.err, interactive, args));
  }

  /// Runs the load and waits for its end.
  ///
  /// @param interactive somebody watches `err`: show progress there
  /// @return the exit code
  public static int run(PrintStream out, PrintStream err, boolean interactive, String... args) {
    var terminal = new Terminal(out, err, interactive);
    var command = new CommandLine(new LoadCommand(terminal));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setOut(new PrintWriter(out, true, out.charset()));
    command.setParameterExceptionHandler((e, _) -> usage(terminal, e.getMessage()));
    command.setExecutionExceptionHandler((e, _, _) -> failure(terminal, e));
    return command.execute(args);
  }

  private static int usage(Terminal terminal, @Nullable String message) {
    terminal.warn(message == null ? "wrong usage" : message.lines().findFirst().orElse(""));
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Terminal terminal, Exception e) throws Exception {
    if (e instanceof LoadException) {
      terminal.warn(String.valueOf(e.getMessage()));
      return LoadCommand.FAILED;
    }
    throw e;
  }
}
