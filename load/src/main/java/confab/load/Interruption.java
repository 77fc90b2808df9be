package confab.load;

import java.util.concurrent.CountDownLatch;

/// Runs a task when the process is interrupted (Ctrl-C, SIGTERM), and keeps the process from ending
/// until this is closed.
final class Interruption implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  Interruption(Runnable action) {
    hook = new Thread(() -> react(action), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void react(Runnable action) {
    action.run();
    try {
      closed.await();
    } catch (InterruptedException e) {
      // Ends the sooner.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook is among what ends it.
    }
  }
}
