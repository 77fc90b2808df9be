package confab.edge.access;

import confab.access.PublicKeys;
import confab.protocol.figures.Counts;
import confab.protocol.figures.Labelled;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of an issuer, as they were fetched last. Thread-safe.
///
/// They are fetched when somebody asks: at first, after an hour, and when a key is not among them.
/// There is one fetch at a time, and whoever needs what it brings waits for it; others go on with
/// the keys that there are. A fetch that fails changes nothing.
final class KeySetCache implements Function<String, PublicKeys> {
  private static final Logger LOG = LoggerFactory.getLogger(KeySetCache.class);

  /// So long a key may count that the issuer has withdrawn.
  private static final long FRESH_NANOS = TimeUnit.HOURS.toNanos(1);

  /// Between fetches that failed, or that anybody can cause by a key that is not there.
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Source source;
  private final Counts<Outcome> outcomes;
  private final LongSupplier clock;

  // Guarded by this.
  private PublicKeys keys = PublicKeys.NONE;
  private @Nullable Thread fetching;
  private long nextFetch;
  private long nextSearch;
  private String reported = "";

  /// What becomes of a fetch.
  enum Outcome implements Labelled {
    /// The keys are those that the issuer has now.
    FETCHED,
    /// The former keys stay.
    FAILED;

    /// The name in metrics: `failed`.
    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where the keys come from, such as a [KeySetUrl].
  @FunctionalInterface
  interface Source {
    /// Blocks for a bounded time.
    ///
    /// @throws IOException with one line that says why not, and nothing secret
    PublicKeys fetch() throws IOException, InterruptedException;
  }

  /// @param outcomes counted here
  /// @param clock in nanoseconds
  KeySetCache(Source source, Counts<Outcome> outcomes, LongSupplier clock) {
    this.source = source;
    this.outcomes = outcomes;
    this.clock = clock;
    nextFetch = clock.getAsLong();
    nextSearch = nextFetch;
  }

  /// Blocks while a fetch is under way that may bring the key.
  ///
  /// @param kid the key that is looked for
  @Override
  public PublicKeys apply(String kid) {
    Thread awaited;
    synchronized (this) {
      fetchIfDue(kid);
      if (fetching == null || keys.has(kid)) {
        return keys;
      }
      awaited = fetching;
    }
    try {
      awaited.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return keys;
    }
  }

  private void fetchIfDue(String kid) {
    long now = clock.getAsLong();
    boolean old = now - nextFetch >= 0;
    boolean wanted = !keys.has(kid) && now - nextSearch >= 0;
    boolean idle = fetching == null || !fetching.isAlive();
    if (idle && (old || wanted)) {
      if (!old) {
        nextSearch = now + PAUSE_NANOS;
      }
      fetching = Thread.ofVirtual().name("token-keys").start(this::fetch);
    }
  }

  private void fetch() {
    try {
      fetched(source.fetch());
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      failed("interrupted");
    } catch (RuntimeException e) {
      failed(e.getClass().getSimpleName());
    }
  }

  private synchronized void fetched(PublicKeys found) {
    outcomes.increment(Outcome.FETCHED);
    keys = found;
    nextFetch = clock.getAsLong() + FRESH_NANOS;
    fetching = null;
    if (!reported.isEmpty()) {
      reported = "";
      LOG.info("token keys fetched again");
    }
  }

  /// The log has one line of an outage, as long as it goes on for the same reason.
  private synchronized void failed(String why) {
    outcomes.increment(Outcome.FAILED);
    nextFetch = clock.getAsLong() + PAUSE_NANOS;
    nextSearch = nextFetch;
    fetching = null;
    if (!reported.equals(why)) {
      reported = why;
      LOG.atWarn().addKeyValue("why", why).log("token keys not fetched");
    }
  }
}
