package confab.edge;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.EdgeNotice;
import confab.protocol.EdgeRun;
import confab.protocol.Seal;
import confab.protocol.figures.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The other edges. Each edge tells the others of itself every second, and an edge not heard for
/// 3.5 s is gone. While the bus is out of reach no edge is taken for gone, since participants may
/// reach an edge that this one cannot hear.
///
/// Thread-safe. A thread of its own tells; the bus's threads listen. Bound: [#MAX_EDGES].
final class EdgeDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeDirectory.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);
  private static final int MAX_EDGES = 1_000;

  private static final String PLACE = "edges";

  /// A notice that is older is one that somebody has kept. As much as resume tokens allow clocks to
  /// differ, and some for the way.
  private static final Duration MAX_AGE = Duration.ofSeconds(70);

  private final Bus bus;
  private final Seal seal;
  private final Supplier<EdgeNotice> self;
  private final EdgeRun run;
  private final String name;
  private final Bus.Attachment attachment;
  private final Map<EdgeRun, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final Semaphore changes = new Semaphore(0);
  private final Thread teller;

  private record Known(EdgeNotice notice, long heardAt, Clock clock) {}

  /// Another edge's clock, by its last [#NOTICES]; a notice or two may come late.
  ///
  /// @param ahead in seconds, the latest last
  private record Clock(List<Double> ahead) {
    static final Clock UNKNOWN = new Clock(List.of());
    private static final int NOTICES = 3;
    private static final double MAX_SECONDS = 1;

    Clock and(EdgeNotice notice, Instant now) {
      if (notice.at().isEmpty()) {
        return this;
      }
      double seconds = Duration.between(now, notice.at().get()).toMillis() / 1000.0;
      Stream<Double> all = Stream.concat(ahead.stream(), Stream.of(seconds));
      return new Clock(all.skip(ahead.size() == NOTICES ? 1 : 0).toList());
    }

    /// How far it is ahead, or behind when negative; 0 while that is not known.
    double seconds() {
      return ahead.size() < NOTICES
          ? 0
          : ahead.stream().min(Comparator.comparingDouble(Math::abs)).orElse(0.0);
    }

    boolean isTooLarge() {
      return Math.abs(seconds()) > MAX_SECONDS;
    }
  }

  /// @param self what to tell of this edge, asked each time
  EdgeDirectory(Bus bus, Seal seal, Supplier<EdgeNotice> self) {
    this.bus = bus;
    this.seal = seal;
    this.self = self;
    run = self.get().edge();
    name = self.get().name();
    attachment = bus.attach(Subject.edges(), this::receive);
    teller = Thread.ofVirtual().name("edge-directory").start(this::tellAlways);
  }

  /// The other edges, those that are about to end included.
  Collection<EdgeNotice> others() {
    return known.values().stream().map(Known::notice).toList();
  }

  /// The other edges that take sessions.
  List<EdgeNotice> open() {
    return others().stream().filter(each -> !each.draining()).toList();
  }

  @Figure(name = "edges", gauge = true, value = "Other edges known")
  int count() {
    return known.size();
  }

  @Figure(
      name = "edges.clock.difference.seconds",
      gauge = true,
      value = "How far the clock of another edge is from this one's, at the most")
  double clockDifference() {
    return known.values().stream()
        .mapToDouble(each -> Math.abs(each.clock().seconds()))
        .max()
        .orElse(0);
  }

  @Figure(
      name = "edges.refused",
      value = "Notices of other edges that could not be understood or believed")
  long refused() {
    return refused.get();
  }

  /// Tells the others now: something about this edge has changed.
  void announce() {
    changes.release();
  }

  private void tellAlways() {
    try {
      while (true) {
        attachment.publish(Bus.Channel.PRESENCE, seal.put(PLACE, self.get().toBytes()));
        forgetSilent();
        boolean _ = changes.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  private void forgetSilent() {
    if (bus.fault().isEmpty()) {
      long before = System.nanoTime() - SILENCE_NANOS;
      known.values().removeIf(each -> each.heardAt() - before < 0);
    }
  }

  private void receive(Bus.Channel channel, byte[] message) {
    if (!seal.isGood(PLACE, message)) {
      refuse("something on the bus speaks for an edge without --resume-key; ignored");
      return;
    }
    EdgeNotice notice = EdgeNotice.parse(message).orElse(null);
    if (notice == null || notice.edge().equals(run) || isOld(notice)) {
      refuse("something on the bus says impossible things of an edge; ignored");
      return;
    }
    if (known.size() >= MAX_EDGES && !known.containsKey(notice.edge())) {
      return;
    }
    Known before = known.get(notice.edge());
    Clock clock = (before == null ? Clock.UNKNOWN : before.clock()).and(notice, Instant.now());
    known.put(notice.edge(), new Known(notice, System.nanoTime(), clock));
    if (before == null) {
      greet(notice);
    } else if (clock.isTooLarge() && !before.clock().isTooLarge()) {
      LOG.atWarn()
          .addKeyValue("edge", notice.name())
          .addKeyValue("seconds", clock.seconds())
          .log("its clock and this one's differ: edges need NTP");
    }
  }

  private void refuse(String line) {
    if (refused.getAndIncrement() == 0) {
      LOG.warn(line);
    }
  }

  private static boolean isOld(EdgeNotice notice) {
    Instant oldest = Instant.now().minus(MAX_AGE);
    return notice.at().filter(at -> at.isBefore(oldest)).isPresent();
  }

  private void greet(EdgeNotice notice) {
    LOG.atInfo().addKeyValue("edge", notice.name()).log("another edge is there");
    if (notice.name().equals(name)) {
      LOG.atWarn().addKeyValue("edge", notice.name()).log("it bears the same name as this one");
    }
    announce();
  }

  @Override
  public void close() {
    teller.interrupt();
    attachment.close();
  }
}
