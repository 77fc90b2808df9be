package confab.bus;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what jnats tells about one connection, which jnats would otherwise log in its own way.
/// Called by one thread per connection.
final class NatsEvents implements ConnectionListener, ErrorListener {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch leaving = new CountDownLatch(1);
  private final Consumer<String> complaints;
  private final NatsFaults faults = new NatsFaults(System::nanoTime);
  private volatile boolean connected;
  private volatile boolean certificateAsked;
  private volatile @Nullable String serverSaid;
  private volatile @Nullable Exception failure;

  /// @param complaints takes what the server finds wrong with a connection that it keeps
  NatsEvents(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  /// Why a connection failed.
  ///
  /// @param refused whether a server was reached and one side refused the other
  record Reason(String text, boolean refused) {}

  /// A latch that opens when the connection, having stood, is over.
  CountDownLatch ended() {
    return ended;
  }

  /// A latch that opens when the server says that it is about to end, or the connection is over.
  CountDownLatch leaving() {
    return leaving;
  }

  private void end() {
    ended.countDown();
    leaving.countDown();
  }

  /// What the server finds wrong with the connection, which it keeps.
  NatsFaults faults() {
    return faults;
  }

  Reason reason() {
    if (serverSaid != null) {
      return new Reason(serverSaid, true);
    }
    if (certificateAsked && !connected) {
      return new Reason(
          "the server asks for a certificate and got none that it takes (--nats-cert)", true);
    }
    Throwable cause = failure;
    if (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case null -> new Reason("closed", false);
      case UnknownHostException e -> new Reason("unknown host " + e.getMessage(), false);
      case SocketException e -> new Reason(text(e), false);
      case SocketTimeoutException e -> new Reason("no answer in time", false);
      case TimeoutException e -> new Reason("no answer in time", false);
      case CancellationException e -> new Reason("closed", false);
      case IllegalStateException e when connected -> new Reason("no answer to pings", false);
      default -> new Reason(text(cause), !connected);
    };
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    Throwable cause = failure.getCause();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    return cause == null || message.contains(String.valueOf(cause.getMessage()))
        ? message
        : message + ": " + text(cause);
  }

  @Override
  public void connectionEvent(Connection connection, Events event) {
    switch (event) {
      case CONNECTED -> connected = true;
      case DISCONNECTED -> {
        // Also told of every server that was tried in vain before.
        if (connected) {
          end();
        }
      }
      case CLOSED -> end();
      case LAME_DUCK -> leaving.countDown();
      case RECONNECTED, RESUBSCRIBED, DISCOVERED_SERVERS -> {}
    }
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    if (faults.take(error)) {
      complaints.accept(error);
    } else {
      serverSaid = error;
    }
  }

  /// A server that asks and does not get what it wants ends the connection without a word.
  void certificateAsked() {
    certificateAsked = true;
  }

  /// Of something that stops nothing.
  void complain(String what) {
    complaints.accept(what);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    failed(exception);
  }

  void failed(Exception exception) {
    failure = exception;
  }
}
