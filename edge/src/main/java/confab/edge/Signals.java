package confab.edge;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/// What the process does when it is told to end. SIGTERM and Ctrl-C drain the edge; a second one
/// waits for nobody. Before there is an edge they end the process. SIGHUP, which a terminal sends
/// that is closed and some send to have files read anew, ends nothing: certificates are read by
/// themselves when they change.
///
/// The JVM's own way, a shutdown hook, hears the first signal only.
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final AtomicReference<@Nullable Edge> edge = new AtomicReference<>();
  private boolean draining; // guarded by this

  /// From now on a clean stop is a success, whatever asked for it.
  void listen() {
    Signal.handle(new Signal("TERM"), _ -> stop());
    Signal.handle(new Signal("INT"), _ -> stop());
    if (!System.getProperty("os.name").startsWith("Windows")) {
      Signal.handle(
          new Signal("HUP"), _ -> LOG.info("SIGHUP: files are read anew when they change"));
    }
  }

  /// @param started is what is to be drained
  void serve(Edge started) {
    edge.set(started);
  }

  private synchronized void stop() {
    Edge started = edge.get();
    if (started == null) {
      Runtime.getRuntime().halt(0);
    } else if (draining) {
      LOG.info("told again to end: nobody is waited for");
      started.hurry();
    } else {
      draining = true;
      LOG.info("told to end");
      started.drain();
    }
  }
}
