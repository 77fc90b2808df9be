package confab.cli;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One presence in a room, from being admitted to the end of its connection; it does not reconnect.
/// Pings go out by themselves every 2 s, and nothing heard for 6 s ends it.
///
/// All methods may be called by any thread. A virtual thread per participant sends the pings.
public final class HeadlessParticipant implements AutoCloseable {
  /// How to reach the edge. [#AUTO] is WebTransport, or WebSocket when that does not work within
  /// 3 s; a participant that has joined never answers it.
  public enum Transport {
    AUTO,
    WEBTRANSPORT,
    WEBSOCKET;

    /// As on the command line and in JSON: `webtransport`.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Who joins what, where. Ids and name go to the edge as they are: refusing them is its affair.
  ///
  /// @param url of the HTTP API, such as `http://localhost:8080`
  /// @param insecure accept any certificate of an `https` API and of the WebSocket; WebTransport
  ///     trusts the certificates that the API lists, or those that the JDK trusts when it
  ///     lists none
  public record Config(
      URI url, String room, String user, String name, Transport transport, boolean insecure) {
    public Config(String url, String room, String user, Transport transport) {
      this(URI.create(url), room, user, user, transport, false);
    }
  }

  /// What comes from the edge. Frames come on one thread and events on one thread, those of the
  /// connection, so methods return soon; on WebTransport the two threads differ. Frames that come
  /// before `Welcome` are left out.
  public interface Listener {
    /// Every event but pongs, the `Welcome` first; the roster already shows it.
    default void event(Event event) {}

    /// Encrypted frames too. One may come before the event that introduces its speaker.
    default void frame(Frame frame) {}

    /// The last call: the connection has ended, other than by [HeadlessParticipant#close].
    default void ended(Ending ending) {}

    /// A line for a person: a transport did not work and another is tried.
    default void notice(String line) {}
  }

  /// How a connection ended.
  ///
  /// @param reason empty when nobody gave one: the connection was lost
  /// @param detail for a person
  public record Ending(Optional<CloseReason> reason, String detail) {
    /// Whether joining again makes sense; see `docs/PROTOCOL.md` section 2.4.
    public boolean mayReconnect() {
      return reason.isEmpty()
          || switch (reason.get()) {
            case SLOW_CONSUMER, RATE_LIMITED, IDLE_TIMEOUT, SHUTDOWN, INTERNAL_ERROR -> true;
            case LEFT, PROTOCOL_VIOLATION, KICKED, EXPIRED -> false;
          };
    }
  }

  static final Duration PING_INTERVAL = Duration.ofSeconds(2);
  static final Duration SILENCE_LIMIT = Duration.ofSeconds(6);
  private static final Duration WELCOME_LIMIT = Duration.ofSeconds(5);
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(1);

  private final Listener listener;
  private final Transport transport;
  private final Roster roster = new Roster();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private volatile boolean closing;
  private volatile @Nullable Link link;
  private volatile long lastHeard = System.nanoTime();
  private volatile long roundTripNanos;

  HeadlessParticipant(Listener listener, Transport transport) {
    this.listener = listener;
    this.transport = transport;
  }

  /// Asks the API for an edge, connects to it and waits for its `Welcome`; some 20 s at worst. A
  /// room that is not there comes to be.
  public static HeadlessParticipant connect(Config config, Listener listener) throws JoinException {
    return new Joining(config, listener).join();
  }

  /// The first request and the wait for `Welcome`; then pings begin.
  void begin(Link opened) throws JoinException {
    link = opened;
    try {
      request(new Request.Ping(System.nanoTime()));
      if (roster.awaitWelcome(WELCOME_LIMIT.toMillis())) {
        Thread.ofVirtual().name("pings").start(this::ping);
        return;
      }
    } catch (IOException e) {
      // The same as no answer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closing = true;
    opened.close(CloseReason.LEFT);
    Ending known = ending.get();
    String why = known == null ? "" : " (" + known.detail() + ")";
    throw new JoinException(JoinException.UNREACHABLE, "no welcome from the edge" + why);
  }

  private void ping() {
    try {
      while (!ended.await(PING_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - lastHeard > SILENCE_LIMIT.toNanos()) {
          end(
              new Ending(
                  Optional.empty(), "nothing heard for " + SILENCE_LIMIT.toSeconds() + " s"));
        } else {
          request(new Request.Ping(System.nanoTime()));
        }
      }
    } catch (IOException e) {
      end(new Ending(Optional.empty(), "connection lost"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Link.Receiver receiver() {
    return new FromEdge();
  }

  private final class FromEdge implements Link.Receiver {
    @Override
    public void onBundle(byte[] bundle) {
      lastHeard = System.nanoTime();
      if (!closing && roster.isSettled()) {
        Frame.parseBundle(bundle).forEach(listener::frame);
      }
    }

    @Override
    public void onEvent(byte[] bytes) {
      lastHeard = System.nanoTime();
      switch (Event.parse(bytes)) {
        case Event.Pong(long time) -> roundTripNanos = System.nanoTime() - time;
        case Event.Malformed() ->
            end(new Ending(Optional.of(CloseReason.PROTOCOL_VIOLATION), "malformed event"));
        case Event event -> {
          roster.note(event);
          listener.event(event);
          if (event instanceof Event.Welcome) {
            roster.settle();
          }
        }
      }
    }

    @Override
    public void onEnd(Ending how) {
      end(how);
      roster.settle();
    }
  }

  private void end(Ending how) {
    if (ending.compareAndSet(null, how)) {
      ended.countDown();
      if (!closing) {
        listener.ended(how);
      }
      Link current = link;
      if (current != null) {
        Thread.startVirtualThread(
            () -> current.close(how.reason().orElse(CloseReason.IDLE_TIMEOUT)));
      }
    }
  }

  /// Sends one frame and does not wait. The number of the participant in it does not matter.
  ///
  /// @return false when it was dropped: the connection has ended or takes no more
  public boolean send(Frame frame) {
    Link current = link;
    return current != null && isOpen() && current.sendBundle(frame.toBundle());
  }

  /// Sends one request, and waits a moment should the connection be busy.
  ///
  /// @throws IOException when the connection has ended or takes no requests
  public void request(Request request) throws IOException {
    Link current = link;
    if (current == null || !isOpen()) {
      throw new IOException("the connection has ended");
    }
    current.sendRequest(request.toBytes());
  }

  public void mute(boolean muted) throws IOException {
    request(new Request.SetMuted(muted));
  }

  public void deafen(boolean deafened) throws IOException {
    request(new Request.SetDeafened(deafened));
  }

  public void rename(String name) throws IOException {
    request(new Request.Rename(name));
  }

  /// The transport in use.
  public Transport transport() {
    return transport;
  }

  /// One's own number in the room.
  public int number() {
    return welcome().you().number();
  }

  /// Oneself, as the edge last showed it.
  public Participant you() {
    return roster.you();
  }

  /// The first event of all.
  public Event.Welcome welcome() {
    return roster.welcome();
  }

  /// Everybody in the room now, oneself included; a copy.
  public Collection<Participant> roster() {
    return roster.everybody();
  }

  /// Of the last ping; zero before the first answer.
  public Duration roundTrip() {
    return Duration.ofNanos(roundTripNanos);
  }

  public boolean isOpen() {
    return ending.get() == null && !closing;
  }

  /// How the connection ended; empty while it lasts.
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending.get());
  }

  /// Waits for the end of the connection, `limit` at most; answers as [#ending] does.
  public Optional<Ending> awaitEnding(Duration limit) throws InterruptedException {
    boolean _ = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    return ending();
  }

  /// Leaves and ends the connection. Waits until the edge has confirmed it, 1 s at most.
  @Override
  public void close() {
    Link current = link;
    boolean wasOpen = isOpen();
    // From here on the end is one's own doing, of which the listener is not told.
    closing = true;
    try {
      if (wasOpen && current != null) {
        current.sendRequest(new Request.Leave().toBytes());
        boolean _ = ended.await(LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // It has ended by itself meanwhile.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(new Ending(Optional.of(CloseReason.LEFT), "left"));
    if (current != null) {
      current.close(CloseReason.LEFT);
    }
  }
}
