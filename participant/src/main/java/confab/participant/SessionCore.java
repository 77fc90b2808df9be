package confab.participant;

import confab.participant.Session.Ending;
import confab.participant.token.Tokens;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One participant's presence in its room, whichever edge it is on. It has one connection that
/// counts, and a second one on the way from one edge to another: everything is sent over both.
///
/// Which connection is which, and what the listener hears of events, is guarded by `lock`. A
/// [Watch] looks after the connection.
final class SessionCore implements Connection.Owner {
  private static final int FIRST_TRIES = 3;
  private static final Duration FIRST_STAGGER = Duration.ofSeconds(3);
  private static final Duration FIRST_LIMIT = Duration.ofSeconds(20);
  private static final Duration WELCOME_LIMIT = Duration.ofSeconds(5);
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(1);

  private final SessionListener listener;
  private final EdgeList edges;
  private final GrantRenewal renewal;
  private final Reception reception;
  private final Watch watch;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final Object lock = new Object();

  // Written under the lock.
  private volatile @Nullable Connection current;

  /// One that is entering and will be the current one, or one that was and is about to be closed.
  private volatile @Nullable Connection second;

  private volatile int attempts;
  private volatile boolean closing;

  private String token = ""; // guarded by lock

  private SessionCore(
      SessionListener listener,
      Tokens tokens,
      Deployment deployment,
      EdgeList edges,
      Duration patience) {
    this.listener = listener;
    this.edges = edges;
    renewal = new GrantRenewal(this, tokens);
    reception = new Reception(listener);
    watch = new Watch(this, deployment, edges, patience);
  }

  /// Enters on one of the edges of the deployment.
  static SessionCore join(
      SessionConfig config, Tokens tokens, SessionListener listener, Deployment deployment)
      throws JoinException {
    var edges = new EdgeList(deployment);
    var session = new SessionCore(listener, tokens, deployment, edges, config.patience());
    try {
      session.enterFirst(deployment);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(config.url().toString(), e);
    }
    session.watch.start();
    return session;
  }

  /// A connection that is lost before the welcome takes its ticket along, by which nobody else
  /// enters: the API is asked for another one.
  private void enterFirst(Deployment deployment) throws JoinException, InterruptedException {
    for (int triesLeft = FIRST_TRIES - 1; ; triesLeft--) {
      edges.renew();
      Connection next =
          Race.ofEdges(deployment, this, edges.all()).winner(FIRST_STAGGER, FIRST_LIMIT);
      try {
        enter(next);
        return;
      } catch (JoinException e) {
        boolean lost = next.ending().filter(Ending::mayReconnect).isPresent();
        if (triesLeft == 0 || !lost) {
          throw e;
        }
        notice(e.getMessage() + ", trying again");
      }
    }
  }

  /// Makes `next` the current connection, once its edge has answered `Enter`. The former one goes
  /// on until it is released.
  void enter(Connection next) throws JoinException, InterruptedException {
    Request.Enter request = prepare(next);
    boolean welcomed = false;
    String why = "";
    try {
      next.enter(request, WELCOME_LIMIT);
      why = next.ending().map(how -> " (" + how.detail() + ")").orElse("");
    } finally {
      welcomed = current == next || !drop(next);
    }
    if (!welcomed) {
      throw new JoinException(
          next.isOneTooMany() ? JoinException.TOO_MANY_SESSIONS : JoinException.UNREACHABLE,
          "no welcome from the edge" + why);
    }
  }

  private Request.Enter prepare(Connection next) throws InterruptedException {
    synchronized (lock) {
      if (!isOpen()) {
        next.close(CloseReason.LEFT);
        throw new InterruptedException("the session is over");
      }
      if (second != null) {
        release(second);
      }
      second = next;
      attempts++;
      return new Request.Enter(token, attempts);
    }
  }

  /// Whether it is gone; false when the welcome came at the last moment.
  private boolean drop(Connection next) {
    synchronized (lock) {
      if (current == next) {
        return false;
      }
      if (second == next) {
        second = null;
      }
    }
    // Its edge may have let it in all the same: leaving by it would end a session that goes on.
    next.close(current == null ? CloseReason.LEFT : CloseReason.SUPERSEDED);
    return true;
  }

  /// The former connection is needed no longer.
  void release(Connection former) {
    synchronized (lock) {
      if (second == former) {
        second = null;
      }
    }
    former.close(CloseReason.SUPERSEDED);
  }

  @Override
  public void onBundle(Connection from, byte[] bundle) {
    if (isOpen()) {
      reception.take(bundle);
    }
  }

  @Override
  public void onEvent(Connection from, Event event) {
    synchronized (lock) {
      if (!isOpen()) {
        return;
      }
      if (event instanceof Event.Welcome welcome) {
        if (from == second && from.attempt() == attempts) {
          onWelcome(from, welcome);
        }
      } else if (from == current) {
        onCurrent(event);
      }
    }
  }

  /// Under the lock.
  private void onWelcome(Connection from, Event.Welcome welcome) {
    Connection former = current;
    token = welcome.resume();
    edges.askAs(welcome.session());
    current = from;
    second = former;
    if (former == null) {
      reception.begin(welcome);
    } else {
      notice(
          "moved to %s (%s)"
              .formatted(
                  from.edge().name(), welcome.resumed() ? "same participant" : "somebody new"));
      reception.goOn(welcome, former.asksToMove());
    }
    from.settle();
    watch.wake();
  }

  /// Under the lock.
  private void onCurrent(Event event) {
    switch (event) {
      case Event.Pong(long _, String resume) -> renew(resume);
      case Event.You(Participant _, String resume) -> {
        renew(resume);
        reception.take(event);
      }
      case Event.Refused refused -> {
        reception.take(refused);
        if (refused.error().equals("unauthorized")) {
          renewal.onRefused();
        }
      }
      case Event.GrantEnds(int inMillis) -> {
        reception.take(event);
        renewal.begin(Duration.ofMillis(inMillis));
      }
      default -> reception.take(event);
    }
    if (event instanceof Event.Move) {
      watch.wake();
    }
  }

  /// Brings the roster up to date with the time. Called about once a second.
  void sweep(long now) {
    synchronized (lock) {
      if (isOpen()) {
        reception.sweep(now);
      }
    }
  }

  private void renew(String resume) {
    token = resume.isEmpty() ? token : resume;
  }

  @Override
  public void onEnd(Connection from) {
    if (closing && from == current) {
      end(new Ending(Optional.of(CloseReason.LEFT), "left"));
    }
    watch.wake();
  }

  /// The session is over; the first call counts.
  void end(Ending how) {
    if (!ending.compareAndSet(null, how)) {
      return;
    }
    if (!closing) {
      tellTheEnd(how);
    }
    ended.countDown();
    connections().forEach(each -> each.close(how.reason().orElse(CloseReason.CONNECTION_LOST)));
    watch.wake();
  }

  /// After the last event.
  private void tellTheEnd(Ending how) {
    synchronized (lock) {
      listener.ended(how);
    }
  }

  /// @return whether it went over at least one connection
  boolean send(byte[] bundle) {
    Connection first = current;
    Connection other = second;
    boolean sent = isOpen() && first != null && first.send(bundle);
    return (isOpen() && other != null && other.send(bundle)) || sent;
  }

  /// @throws IOException when no connection took it
  void request(Request request) throws IOException {
    if (!isOpen()) {
      throw new IOException("the session has ended");
    }
    sendOverAll(request);
  }

  private void sendOverAll(Request request) throws IOException {
    IOException failure = new IOException("not connected at the moment");
    boolean sent = false;
    for (Connection each : connections()) {
      try {
        if (each.isInUse()) {
          each.request(request);
          sent = true;
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    if (!sent) {
      throw failure;
    }
  }

  private List<Connection> connections() {
    return Stream.of(Optional.ofNullable(current), Optional.ofNullable(second))
        .flatMap(Optional::stream)
        .toList();
  }

  /// Leaves the room; waits for the edge to confirm it if the edge has been heard of late.
  void close() {
    boolean wasOpen;
    synchronized (lock) {
      wasOpen = isOpen();
      closing = true;
    }
    watch.wake();
    try {
      if (wasOpen) {
        sendOverAll(new Request.Leave());
        boolean answers = !current().isSilent(System.nanoTime());
        boolean _ = ended.await(answers ? LEAVE_LIMIT.toMillis() : 0, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // There is nobody to say farewell to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(new Ending(Optional.of(CloseReason.LEFT), "left"));
  }

  void notice(String line) {
    if (isOpen()) {
      listener.notice(line);
    }
  }

  boolean isOpen() {
    return ending.get() == null && !closing;
  }

  Optional<Ending> ending() {
    return Optional.ofNullable(ending.get());
  }

  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The connection that counts; it may be broken.
  Connection current() {
    return Objects.requireNonNull(current, "not joined yet");
  }

  /// How many `Enter` there were, answered or not.
  int attempts() {
    return attempts;
  }

  Reception reception() {
    return reception;
  }
}
