package confab.webtransport.kwik;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Runs each task at once, on the thread that brings it. Kwik's default for datagrams is one more
/// thread per connection, with an unbounded queue.
final class SameThreadExecutor extends AbstractExecutorService {
  private static final Future<?> DONE = CompletableFuture.completedFuture(null);

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  /// Without the wrapping that the inherited one allocates.
  @Override
  public Future<?> submit(Runnable task) {
    task.run();
    return DONE;
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
