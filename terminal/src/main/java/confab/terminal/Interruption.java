package confab.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Hears for a command, from now on until it is closed, that its process is to end: by Ctrl-C, by
/// SIGTERM, or by SIGHUP of a terminal that is closed.
///
/// The command then ends by itself, in order and with its own exit code, which a shutdown hook of
/// the JVM would not let it. Who asks twice gets it at once.
public final class Interruption implements AutoCloseable {
  /// As shells have it of a process that a signal has ended.
  private static final int ENDED_BY_SIGNAL = 128;

  private final Runnable action;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  /// @param action runs on a thread of its own, once at most
  public Interruption(Runnable action) {
    this.action = action;
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> names = windows ? List.of("INT", "TERM") : List.of("INT", "TERM", "HUP");
    for (String name : names) {
      var signal = new Signal(name);
      before.put(signal, Signal.handle(signal, this::react));
    }
  }

  private void react(Signal signal) {
    if (asked.compareAndSet(false, true)) {
      action.run();
    } else {
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal.getNumber());
    }
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
