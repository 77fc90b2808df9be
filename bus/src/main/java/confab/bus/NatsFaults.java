package confab.bus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a server finds wrong with a connection that it keeps, so that messages do not travel though
/// the connection stands. Thread-safe: jnats' reader tells, the link and the health of the edge
/// ask.
///
/// A server says so once for each refused subscription, and each time for a refused publication. A
/// fault is over when it has not been repeated for a while, in which the link subscribes anew.
final class NatsFaults {
  /// How often to subscribe anew.
  static final Duration RETRY = Duration.ofSeconds(1);

  private static final Duration OVER = RETRY.multipliedBy(2);

  /// What a server says without closing the connection, in lower case.
  private static final List<String> LEFT_OPEN =
      List.of(
          "permissions violation",
          "maximum subscriptions exceeded",
          "invalid subject",
          "invalid publish subject");

  private final LongSupplier clock;
  private @Nullable String what; // this and below guarded by this
  private long at;
  private boolean subscription;
  private long retriedAt;

  /// @param clock in nanoseconds, monotonic
  NatsFaults(LongSupplier clock) {
    this.clock = clock;
    retriedAt = clock.getAsLong();
  }

  /// Whether the server goes on with the connection after it said `error`; then it is a fault.
  synchronized boolean take(String error) {
    String said = error.toLowerCase(Locale.ROOT);
    if (LEFT_OPEN.stream().noneMatch(said::contains)) {
      return false;
    }
    what = error;
    at = clock.getAsLong();
    subscription |= !said.contains("publi");
    return true;
  }

  /// The latest that is not over; null when there is none.
  synchronized @Nullable String current() {
    if (what != null && clock.getAsLong() - at > OVER.toNanos()) {
      what = null;
      subscription = false;
    }
    return what;
  }

  /// Whether it is time to subscribe anew; then the next time is later.
  synchronized boolean wantRetry() {
    long now = clock.getAsLong();
    if (current() == null || !subscription || now - retriedAt < RETRY.toNanos()) {
      return false;
    }
    retriedAt = now;
    return true;
  }
}
