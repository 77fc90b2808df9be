package confab.cli;

import confab.protocol.CloseReason;
import java.io.PrintStream;
import java.util.Optional;

/// Where a command prints: results to standard output, everything else to standard error. Any
/// thread may print.
final class Terminal {
  static final int FAILED = 1;
  private static final Optional<CloseReason> LEFT = Optional.of(CloseReason.LEFT);
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private boolean midLine;

  /// @param interactive somebody watches standard error: show progress
  Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  synchronized void say(String line) {
    endProgress();
    out.println(line);
    out.flush();
  }

  synchronized void warn(String line) {
    endProgress();
    err.println("confab: " + line);
    err.flush();
  }

  /// Prints `line` as an error.
  ///
  /// @return the exit code that goes with it
  int fail(String line) {
    warn(line);
    return FAILED;
  }

  /// Prints why a session ended, unless it was left.
  ///
  /// @param ending empty when it goes on
  /// @return the exit code that goes with it
  int end(Optional<HeadlessParticipant.Ending> ending) {
    boolean well = ending.flatMap(HeadlessParticipant.Ending::reason).equals(LEFT);
    return ending.isEmpty() || well ? 0 : fail("the session has ended: " + ending.get().detail());
  }

  /// One line that the next one overwrites; nothing when nobody watches.
  synchronized void progress(String line) {
    if (interactive) {
      err.print(CLEAR_LINE + line);
      err.flush();
      midLine = true;
    }
  }

  private void endProgress() {
    if (midLine) {
      err.print(CLEAR_LINE);
      midLine = false;
    }
  }

  /// For whoever listens to nothing else.
  HeadlessParticipant.Listener notices() {
    return new HeadlessParticipant.Listener() {
      @Override
      public void notice(String line) {
        warn(line);
      }
    };
  }
}
