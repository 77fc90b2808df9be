package confab.edge;

import java.io.PrintWriter;

/// `confab serve`.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var signals = new Signals();
    signals.listen();
    var out = new PrintWriter(System.out, true);
    var err = new PrintWriter(System.err, true);
    System.exit(ServeCommand.run(args, System.getenv(), signals, out, err));
  }
}
