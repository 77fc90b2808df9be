package confab.bus;

import confab.bus.Bus.Channel;
import confab.bus.Bus.Offer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One connection to one server, from its beginning to its end. A link never reconnects; the bus
/// opens the next one. jnats could reconnect, but would then send what had waited meanwhile, and
/// would give up for good after two refusals.
final class NatsLink implements AutoCloseable {
  /// A server that takes longer than this to answer counts as standing still: its media would come
  /// too late.
  private static final Duration LATE = Duration.ofMillis(300);

  private static final long PING_PAUSE_MILLIS = 200;

  /// A server that stands still sees one ping every half second, and is given up at the sixth.
  private static final int PINGS_OUT = 5;

  private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  private final Connection connection;
  private final NatsEvents events;
  private final String server;
  private final List<NatsLane> lanes;
  private final SendWindow window = new SendWindow();

  private NatsLink(Connection connection, NatsEvents events) {
    this.connection = connection;
    this.events = events;
    server = String.valueOf(connection.getConnectedUrl());
    lanes = Stream.generate(() -> new NatsLane(connection)).limit(LANES).toList();
  }

  /// Tries every server once, which takes at most two seconds each.
  ///
  /// @throws IOException when none was reached; `events` knows why
  static NatsLink open(NatsOptions options, NatsEvents events)
      throws IOException, InterruptedException {
    try {
      return new NatsLink(Nats.connect(options.build(events, PINGS_OUT)), events);
    } catch (RuntimeException e) {
      events.failed(e);
      throw new IOException(e);
    }
  }

  /// Never blocks: jnats' queue always has room for what the window admits.
  Offer publish(String subject, Channel channel, byte[] message) {
    if (!isUp()) {
      return Offer.DISCONNECTED;
    }
    if (message.length > connection.getMaxPayload() || !window.admit(channel, message.length)) {
      return Offer.DROPPED;
    }
    try {
      connection.publish(subject, message);
      return Offer.ACCEPTED;
    } catch (IllegalStateException e) {
      // It broke just now.
      return Offer.DISCONNECTED;
    }
  }

  boolean isUp() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  NatsLane lane(Subject subject) {
    return lanes.get(Math.floorMod(subject.hashCode(), lanes.size()));
  }

  /// What keeps messages from travelling by this link; null when nothing does.
  @Nullable String fault() {
    return events.faults().current();
  }

  /// Pings until the link has ended or its server says that it will end. A pong says that the
  /// server has read all that was sent before the ping.
  ///
  /// @param limit for how long at the most
  /// @param subscribeAnew called when a subscription was refused, now and then, since the operator
  ///     may have put that right
  void watch(Duration limit, Runnable subscribeAnew) throws InterruptedException {
    long begin = System.nanoTime();
    do {
      if (events.faults().wantRetry()) {
        subscribeAnew.run();
      }
      long sent = window.sent();
      if (flush(LATE)) {
        window.confirm(sent);
      } else {
        window.late();
      }
    } while (!events.leaving().await(PING_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        && limit.compareTo(Duration.ofNanos(System.nanoTime() - begin)) > 0);
  }

  /// Whether the server has read, within `limit`, all that was sent.
  boolean flush(Duration limit) throws InterruptedException {
    try {
      connection.flush(limit);
      return isUp();
    } catch (TimeoutException | IllegalStateException e) {
      return false;
    }
  }

  /// Messages that came when a lane was full.
  long dropped() {
    return lanes.stream().mapToLong(NatsLane::dropped).sum();
  }

  /// Takes a second or two when the server stands still. A link that has ended closes itself.
  @Override
  public void close() {
    try {
      if (events.ended().getCount() > 0) {
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return server;
  }
}
