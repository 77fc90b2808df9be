package confab.edge.access;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.Seal;
import confab.protocol.figures.Figure;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.RevocationNotice;
import confab.room.grants.Revocations;
import confab.room.grants.Revocations.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes back what was granted, on all edges. What is new here goes out at once, and once more with
/// the next beat. Each beat has a digest of all that is known: an edge that hears another one than
/// its own tells all it knows with its next beat, and not again for a while, so that an edge that
/// has just begun, or was out of reach, comes to know the same within seconds.
///
/// Thread-safe. A thread of its own tells; the bus's threads listen.
public final class RevocationFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final long BETWEEN_ALL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String PLACE = "revocations";

  private final Revocations revocations;
  private final Seal seal;
  private final Bus.Attachment attachment;
  private final AtomicLong refused = new AtomicLong();
  private final Semaphore changes = new Semaphore(0);
  private final Thread teller;

  /// Not told yet. Guarded by itself. Bound: as [Revocations], which takes no more.
  private final List<Revocation> fresh = new ArrayList<>();

  /// Told once. Owned by the thread that tells.
  private List<Revocation> toldOnce = List.of();

  private volatile boolean othersDiffer;

  /// When all was told last. Owned by the thread that tells.
  private long toldAllAt = System.nanoTime() - BETWEEN_ALL_NANOS;

  public RevocationFeed(Revocations revocations, Bus bus, Seal seal) {
    this.revocations = revocations;
    this.seal = seal;
    attachment = bus.attach(Subject.revocations(), this::receive);
    teller = Thread.ofVirtual().name("revocation-feed").start(this::tellAlways);
  }

  /// Takes something back, here and everywhere.
  public Outcome revoke(Revocation revocation) {
    Outcome outcome = revocations.add(revocation);
    if (outcome == Outcome.ADDED) {
      synchronized (fresh) {
        fresh.add(revocation);
      }
      changes.release();
    }
    return outcome;
  }

  private void tellAlways() {
    try {
      while (true) {
        tell(toTell());
        if (changes.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
          changes.drainPermits();
        } else {
          revocations.sweep();
        }
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  private List<Revocation> toTell() {
    List<Revocation> all = new ArrayList<>(toldOnce);
    synchronized (fresh) {
      toldOnce = List.copyOf(fresh);
      fresh.clear();
    }
    all.addAll(toldOnce);
    long now = System.nanoTime();
    if (othersDiffer && now - toldAllAt >= BETWEEN_ALL_NANOS) {
      othersDiffer = false;
      toldAllAt = now;
      return revocations.all().toList();
    }
    return all;
  }

  /// In as many notices as it takes; the last one is not full, and may be empty.
  private void tell(List<Revocation> all) {
    for (int from = 0; from <= all.size(); from += RevocationNotice.MAX) {
      List<Revocation> part = all.subList(from, Math.min(all.size(), from + RevocationNotice.MAX));
      byte[] notice = new RevocationNotice(revocations.digest(), part).toBytes();
      attachment.publish(Bus.Channel.PRESENCE, seal.put(PLACE, notice));
    }
  }

  private void receive(Bus.Channel channel, byte[] message) {
    RevocationNotice notice =
        seal.isGood(PLACE, message) ? RevocationNotice.parse(message).orElse(null) : null;
    if (notice == null) {
      if (refused.getAndIncrement() == 0) {
        LOG.warn("something on the bus takes grants back that is no edge; ignored");
      }
      return;
    }
    notice.revocations().forEach(revocations::add);
    boolean more = notice.revocations().size() == RevocationNotice.MAX;
    if (!more && notice.digest() != revocations.digest()) {
      othersDiffer = true;
    }
  }

  @Figure(
      name = "revocations.refused",
      value = "Notices about revocations that could not be understood or believed")
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    teller.interrupt();
    attachment.close();
  }
}
