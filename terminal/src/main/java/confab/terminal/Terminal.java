package confab.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// Where a command prints: results to standard output, everything else to standard error. Any
/// thread may print.
public final class Terminal {
  /// The exit code when something went wrong; wrong usage has [CommandLine.ExitCode#USAGE].
  public static final int FAILED = 1;

  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final OutputStream bytes;
  private final PrintStream err;
  private final boolean watched;
  private boolean midLine; // guarded by this

  /// @param watched somebody watches `err`: show progress there
  public Terminal(PrintStream out, PrintStream err, boolean watched) {
    this(out, out, err, watched);
  }

  private Terminal(PrintStream out, OutputStream bytes, PrintStream err, boolean watched) {
    this.out = out;
    this.bytes = bytes;
    this.err = err;
    this.watched = watched;
  }

  /// That of this process.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal ofProcess() {
    // The JDK has no word on standard error alone: a console is where input and output both are.
    // It is null here where input or output is no terminal, and on other JDKs it says so itself.
    Console console = System.console();
    boolean watched = console != null && console.isTerminal();
    // A print stream says nothing of a reader that is gone.
    OutputStream bytes = new FileOutputStream(FileDescriptor.out);
    return new Terminal(System.out, bytes, System.err, watched);
  }

  /// Parses the arguments and runs the command that they name. Wrong usage is one line on standard
  /// error.
  ///
  /// @param command of picocli
  /// @return the exit code
  public int run(CommandLine command, String... args) {
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setOut(new PrintWriter(out, true, out.charset()));
    command.setParameterExceptionHandler((e, _) -> usage(e.getMessage()));
    int code = command.execute(args);
    // A full disk or a closed pipe: whoever reads the result has not all of it.
    return out.checkError() && code == 0 ? fail("standard output cannot be written") : code;
  }

  /// For results that are no text.
  public OutputStream standardOutput() {
    return bytes;
  }

  /// A result.
  public synchronized void say(String text) {
    endProgress();
    out.println(text);
    out.flush();
  }

  /// Something that went wrong, or that somebody should know.
  public synchronized void warn(String line) {
    endProgress();
    err.println("confab: " + line);
    err.flush();
  }

  /// Prints `line` as an error.
  ///
  /// @return the exit code that goes with it
  public int fail(@Nullable String line) {
    warn(String.valueOf(line));
    return FAILED;
  }

  /// Prints the first line of `message` as an error of usage.
  ///
  /// @return the exit code that goes with it
  public int usage(@Nullable String message) {
    warn(message == null ? "wrong usage" : message.lines().findFirst().orElse(""));
    return CommandLine.ExitCode.USAGE;
  }

  /// One line that the next one overwrites; nothing where nobody watches.
  public synchronized void progress(String line) {
    if (watched) {
      err.print(CLEAR_LINE + line);
      err.flush();
      midLine = true;
    }
  }

  /// For who has something else than [#progress] for logs, where nobody watches.
  public boolean isWatched() {
    return watched;
  }

  /// A line of progress that stays.
  public synchronized void log(String line) {
    endProgress();
    err.println(line);
    err.flush();
  }

  private void endProgress() {
    if (midLine) {
      err.print(CLEAR_LINE);
      midLine = false;
    }
  }
}
