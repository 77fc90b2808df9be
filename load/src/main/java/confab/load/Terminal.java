package confab.load;

import java.io.PrintStream;

/// Where the tool prints: the report to standard output, everything else to standard error. Any
/// thread may print.
final class Terminal {
  private static final String CLEAR_LINE = "\r\033[K";

  /// Where nobody watches, progress is a line now and then.
  private static final int SELDOM = 5;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private boolean midLine;
  private int untilLine = SELDOM;

  /// @param interactive somebody watches standard error
  Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  synchronized void say(String text) {
    endProgress();
    out.println(text);
    out.flush();
  }

  synchronized void warn(String line) {
    endProgress();
    err.println("confab: " + line);
    err.flush();
  }

  /// Called once a second.
  synchronized void progress(String line) {
    if (interactive) {
      err.print(CLEAR_LINE + line);
      err.flush();
      midLine = true;
    } else if (--untilLine == 0) {
      err.println(line);
      err.flush();
      untilLine = SELDOM;
    }
  }

  private void endProgress() {
    if (midLine) {
      err.print(CLEAR_LINE);
      midLine = false;
    }
  }
}
