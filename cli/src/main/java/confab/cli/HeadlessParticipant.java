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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One presence in a room, from being admitted to leaving. It outlives its connections: when an
/// edge falls silent, ends or asks it to move, it goes on with another one as the same participant;
/// see `docs/PROTOCOL.md` section 2.3.
///
/// All methods may be called by any thread.
public final class HeadlessParticipant implements AutoCloseable {
  /// How to reach an edge. [#AUTO] is WebTransport, or WebSocket when that does not work within
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
  /// @param url of the HTTP API, such as `http://localhost:8080`; it is asked again for edges
  /// @param insecure accept any certificate of an `https` API and of the WebSocket; WebTransport
  ///     trusts the certificates that the API lists, or those that the JDK trusts when it
  ///     lists none
  /// @param patience how long to look for an edge after the connection is lost; when zero, the
  ///     participant ends with its connection, but moves when the edge asks for it
  public record Config(
      URI url,
      String room,
      String user,
      String name,
      Transport transport,
      boolean insecure,
      Duration patience) {
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    public Config(String url, String room, String user, Transport transport) {
      this(URI.create(url), room, user, user, transport, false);
    }

    public Config(
        URI url, String room, String user, String name, Transport transport, boolean insecure) {
      this(url, room, user, name, transport, insecure, DEFAULT_PATIENCE);
    }

    public Config withPatience(Duration newPatience) {
      return new Config(url, room, user, name, transport, insecure, newPatience);
    }
  }

  /// What comes from the edges. Frames come one at a time and events come one at a time, on threads
  /// of the connections, so methods return soon; a frame may come during an event. Frames that
  /// come before the first `Welcome` are left out.
  public interface Listener {
    /// Every event but pongs, a `Welcome` first; the roster already shows it. After a change of
    /// connections, what it has changed comes as the events that would have told, and another
    /// `Welcome` only when the participant is somebody new.
    default void event(Event event) {}

    /// The active speakers are others, in a room that forwards only the loudest; called after
    /// [#event]. Each connection begins with nobody.
    ///
    /// @param numbers of participants, the one who became one most recently first
    default void speakers(List<Integer> numbers) {}

    /// Each frame once, encrypted ones too. One may come before the event that introduces its
    /// speaker.
    default void frame(Frame frame) {}

    /// Another connection has taken over; the events that tell what it has changed have come.
    ///
    /// @param edge the name of its edge
    /// @param resumed the number is the same; otherwise the participant is somebody new
    default void moved(String edge, boolean resumed) {}

    /// The last call: the participant has gone, other than by [HeadlessParticipant#close].
    default void ended(Ending ending) {}

    /// A line for a person: something did not work and something else is tried.
    default void notice(String line) {}
  }

  /// How a connection or the whole participant ended.
  ///
  /// @param reason empty when nobody gave one: the connection was lost
  /// @param detail for a person
  public record Ending(Optional<CloseReason> reason, String detail) {
    /// Whether connecting again makes sense; see `docs/PROTOCOL.md` section 2.4.
    public boolean mayReconnect() {
      return reason.isEmpty()
          || switch (reason.get()) {
            case SLOW_CONSUMER,
                RATE_LIMITED,
                IDLE_TIMEOUT,
                SHUTDOWN,
                INTERNAL_ERROR,
                CONNECTION_LOST ->
                true;
            case LEFT, PROTOCOL_VIOLATION, KICKED, EXPIRED, SUPERSEDED -> false;
          };
    }
  }

  /// What has become of the connections so far.
  ///
  /// @param resumes changes of the connection that the participant came through as itself
  /// @param moves those of them that the edge asked for
  /// @param duplicates frames that came once more and were left out
  public record Stats(long resumes, long moves, long duplicates) {}

  private final Session session;

  private HeadlessParticipant(Session session) {
    this.session = session;
  }

  /// Asks the API for edges, connects to one and waits for its `Welcome`; some 30 s at worst. A
  /// room that is not there comes to be.
  public static HeadlessParticipant connect(Config config, Listener listener) throws JoinException {
    return connect(config, listener, new Dialer(config, listener::notice));
  }

  static HeadlessParticipant connect(Config config, Listener listener, Deployment deployment)
      throws JoinException {
    return new HeadlessParticipant(Session.join(config, listener, deployment));
  }

  /// Sends one frame and does not wait. The number of the participant in it does not matter.
  ///
  /// @return false when it was dropped: there is no connection just now, or it takes no more
  public boolean send(Frame frame) {
    return session.send(frame.toBundle());
  }

  /// Sends one request, and waits a moment should the connection be busy.
  ///
  /// @throws IOException when there is no connection just now, or it takes no requests
  public void request(Request request) throws IOException {
    session.request(request);
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

  /// The transport in use, or used last.
  public Transport transport() {
    return session.current().transport();
  }

  /// The name of the edge that it is on, or was last.
  public String edge() {
    return welcome().edge();
  }

  /// One's own number in the room.
  public int number() {
    return welcome().you().number();
  }

  /// Oneself, as the edge last showed it.
  public Participant you() {
    return session.reception().roster().you();
  }

  /// The latest one; see [Listener#event] and [Listener#moved].
  public Event.Welcome welcome() {
    return session.reception().roster().welcome();
  }

  /// Everybody in the room, oneself included, as last heard; a copy.
  public Collection<Participant> roster() {
    return session.reception().roster().everybody();
  }

  /// Of the last ping.
  public Duration roundTrip() {
    return session.current().roundTrip();
  }

  public Stats stats() {
    return session.reception().stats();
  }

  /// Whether it has not ended; it may be between two connections.
  public boolean isOpen() {
    return session.isOpen();
  }

  /// How it ended; empty while it lasts.
  public Optional<Ending> ending() {
    return session.ending();
  }

  /// Waits for the end, `limit` at most; answers as [#ending] does.
  public Optional<Ending> awaitEnding(Duration limit) throws InterruptedException {
    boolean _ = session.awaitEnd(limit);
    return ending();
  }

  /// Leaves. Waits until the edge has confirmed it, 1 s at most, and not at all for one that is
  /// silent.
  @Override
  public void close() {
    session.close();
  }
}
