package confab.participant;

import confab.participant.Session.Ending;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.address.EdgeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One connection of a session to one edge: dialled, entered, ended. Any thread may send and close;
/// the thread that watches the session keeps up the heartbeat.
final class Connection implements Link.Receiver {
  /// The session, which hears what comes from an edge on the threads of the link.
  interface Owner {
    /// Only after [Connection#settle].
    void onBundle(Connection from, byte[] bundle);

    void onEvent(Connection from, Event event);

    /// The connection has ended, other than by [Connection#close].
    void onEnd(Connection from);
  }

  private final EdgeAddress edge;
  private final Owner owner;
  private final Heartbeat heartbeat = new Heartbeat(System.nanoTime());
  private final CountDownLatch settled = new CountDownLatch(1);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private volatile @Nullable Link link;
  private volatile boolean enterSent;
  private volatile boolean welcomed;
  private volatile boolean asksToMove;

  /// Both are set before [#enterSent].
  private volatile int attempt;

  private volatile long enterTime;

  Connection(EdgeAddress edge, Owner owner) {
    this.edge = edge;
    this.owner = owner;
  }

  /// The link stands; called once, by the thread that dialled it.
  void attach(Link dialled) {
    link = dialled;
    heartbeat.onHeard(System.nanoTime());
    Ending known = ending.get();
    if (known != null) {
      dialled.close(known.reason().orElse(CloseReason.LEFT));
    }
  }

  /// Asks to be let into the room and waits for the answer.
  ///
  /// @return false when there was none in time, or the connection has ended
  boolean enter(Request.Enter request, Duration limit) throws InterruptedException {
    attempt = request.attempt();
    enterTime = System.nanoTime();
    try {
      request(request);
    } catch (IOException e) {
      return false;
    }
    enterSent = true;
    boolean _ = settled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    return welcomed;
  }

  /// The welcome has been taken in: from here on bundles count.
  void settle() {
    heartbeat.onAnswer(System.nanoTime(), enterTime);
    welcomed = true;
    settled.countDown();
  }

  @Override
  public void onBundle(byte[] bundle) {
    heartbeat.onHeard(System.nanoTime());
    if (welcomed && !hasEnded()) {
      owner.onBundle(this, bundle);
    }
  }

  @Override
  public void onEvent(byte[] bytes) {
    long now = System.nanoTime();
    heartbeat.onHeard(now);
    Event.parse(bytes).forEach(event -> take(event, now));
  }

  private void take(Event taken, long now) {
    if (hasEnded()) {
      return;
    }
    switch (taken) {
      case Event.Malformed() ->
          end(new Ending(Optional.of(CloseReason.PROTOCOL_VIOLATION), "malformed event"));
      case Event.Welcome welcome -> {
        // It went, even if the thread that sent it has not come to say so yet.
        enterSent = true;
        owner.onEvent(this, welcome);
      }
      case Event.Pong pong -> {
        heartbeat.onAnswer(now, pong.time());
        owner.onEvent(this, pong);
      }
      case Event.Move move -> {
        asksToMove = true;
        owner.onEvent(this, move);
      }
      case Event event -> owner.onEvent(this, event);
    }
  }

  @Override
  public void onEnd(Ending how) {
    end(how);
  }

  private void end(Ending how) {
    if (ending.compareAndSet(null, how)) {
      settled.countDown();
      closeLink(how.reason().orElse(CloseReason.CONNECTION_LOST));
      owner.onEnd(this);
    }
  }

  /// Ends the connection and does not wait for that; a dead edge takes its time.
  void close(CloseReason reason) {
    if (ending.compareAndSet(null, new Ending(Optional.of(reason), reason.wireName()))) {
      settled.countDown();
      closeLink(reason);
    }
  }

  private void closeLink(CloseReason reason) {
    Link dialled = link;
    if (dialled != null) {
      Thread.ofVirtual().name("closing-" + edge.name()).start(() -> dialled.close(reason));
    }
  }

  /// Sends a bundle if there is any point: `Enter` went before it, and the edge is not silent.
  ///
  /// @return whether it went
  boolean send(byte[] bundle) {
    Link dialled = link;
    return dialled != null
        && isInUse()
        && !heartbeat.isSilent(System.nanoTime())
        && dialled.sendBundle(bundle);
  }

  void request(Request request) throws IOException {
    Link dialled = link;
    if (dialled == null || hasEnded()) {
      throw new IOException("the connection to " + edge.name() + " has ended");
    }
    dialled.sendRequest(request.toBytes());
  }

  /// Pings when it is time to.
  ///
  /// @return in how many nanoseconds to come again
  long beat(long now) {
    if (heartbeat.takePing(now)) {
      requestAside(new Request.Ping(now));
    }
    return heartbeat.nanosToNext(now);
  }

  /// What has come, whatever connection it came from.
  void report(Request.ReceiverReport report) {
    requestAside(report);
  }

  /// A link that is stuck makes requests wait, which the heartbeat must not.
  private void requestAside(Request request) {
    Thread.ofVirtual()
        .name("requesting-" + edge.name())
        .start(
            () -> {
              try {
                request(request);
              } catch (IOException e) {
                // Silence or an end will follow, if this was more than a moment.
              }
            });
  }

  /// This process itself stood still, so that the edge's silence says nothing.
  void forgiveSilence(long now) {
    heartbeat.onHeard(now);
  }

  boolean isSilent(long now) {
    return heartbeat.isSilent(now);
  }

  boolean hasHeardSince(long time) {
    return heartbeat.hasHeardSince(time);
  }

  Duration roundTrip() {
    return heartbeat.roundTrip();
  }

  /// What is sent arrives in the room, or will as soon as the edge has read `Enter`.
  boolean isInUse() {
    return enterSent && !hasEnded();
  }

  boolean asksToMove() {
    return asksToMove;
  }

  boolean hasEnded() {
    return ending.get() != null;
  }

  Optional<Ending> ending() {
    return Optional.ofNullable(ending.get());
  }

  /// Whether its user has too many sessions.
  boolean isOneTooMany() {
    return ending().flatMap(Ending::reason).equals(Optional.of(CloseReason.TOO_MANY_SESSIONS));
  }

  EdgeAddress edge() {
    return edge;
  }

  /// That of its `Enter`; zero before.
  int attempt() {
    return attempt;
  }

  Transport transport() {
    Link dialled = link;
    if (dialled == null) {
      throw new IllegalStateException("not connected yet");
    }
    return dialled.transport();
  }
}
