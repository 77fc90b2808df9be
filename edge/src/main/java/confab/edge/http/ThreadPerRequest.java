package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/// Lets each request run on a virtual thread of its own, where it may block. How many there are is
/// bounded by the listener's connections. Thread-safe.
///
/// Undertow ends no exchange whose handler fails on a thread of others, so that is done here:
/// nobody waits for an answer that does not come.
public final class ThreadPerRequest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPerRequest.class);

  private final ExecutorService threads;

  /// @param name what the names of its threads begin with
  public ThreadPerRequest(String name) {
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name, 0).factory());
  }

  public void run(HttpServerExchange exchange, HttpHandler handler) {
    exchange.dispatch(threads, () -> answer(exchange, handler));
  }

  private static void answer(HttpServerExchange exchange, HttpHandler handler) {
    try {
      handler.handleRequest(exchange);
    } catch (Exception e) {
      LOG.atError().setCause(e).log("a request failed");
      if (exchange.isResponseStarted()) {
        IoUtils.safeClose(exchange.getConnection());
      } else {
        JsonErrors.refuse(
            exchange, StatusCodes.INTERNAL_SERVER_ERROR, "internal_error", "The server failed.");
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
