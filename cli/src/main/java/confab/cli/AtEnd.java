package confab.cli;

/// Does something exactly once: when closed, or when the process is interrupted (Ctrl-C, SIGTERM)
/// before that. Whoever comes second waits for the first.
final class AtEnd implements AutoCloseable {
  private final Runnable action;
  private final Thread hook = new Thread(this::act, "at-end");
  private boolean done;

  AtEnd(Runnable action) {
    this.action = action;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private synchronized void act() {
    if (!done) {
      done = true;
      action.run();
    }
  }

  @Override
  public void close() {
    act();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook is among what ends it.
    }
  }
}
