package confab.load;

import confab.load.link.LoadException;
import confab.protocol.Version;
import confab.terminal.Terminal;
import java.io.PrintStream;
import picocli.CommandLine;

/// The command line.
///
/// Exit codes: 0 when all went well, 1 when somebody could not connect, a connection was lost or a
/// limit was exceeded, 2 for wrong usage. Each failure is one line on standard error.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /// Runs the load and waits for its end.
  ///
  /// @param watched somebody watches `err`: show progress there
  /// @return the exit code
  public static int run(PrintStream out, PrintStream err, boolean watched, String... args) {
    return run(new Terminal(out, err, watched), args);
  }

  private static int run(Terminal terminal, String... args) {
    var command = new CommandLine(new LoadCommand(terminal));
    command.getCommandSpec().version("confab " + Version.running());
    command.setExecutionExceptionHandler((e, _, _) -> failure(terminal, e));
    return terminal.run(command, args);
  }

  private static int failure(Terminal terminal, Exception e) throws Exception {
    if (e instanceof LoadException) {
      return terminal.fail(e.getMessage());
    }
    throw e;
  }
}
