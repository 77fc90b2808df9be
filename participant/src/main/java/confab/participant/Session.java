package confab.participant;

import confab.participant.token.Tokens;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// One participant's presence in a room, from being admitted to leaving. It outlives its
/// connections: when an edge falls silent, ends or asks it to move, it goes on with another one as
/// the same participant; see `docs/PROTOCOL.md` section 2.3.
///
/// All methods may be called by any thread, and none of them waits unless it says so. A session
/// has virtual threads of its own, which end with it.
///
/// ```
/// var config = new SessionConfig("https://meet.example.org", "standup", "robot");
/// try (var session = Session.join(config, new SessionListener() {})) {
///   session.request(new Request.Say("Good morning!"));
/// }
/// ```
public final class Session implements AutoCloseable {
  /// How a connection or the whole session ended.
  ///
  /// @param reason empty when nobody gave one: the connection was lost
  /// @param detail for a person
  public record Ending(Optional<CloseReason> reason, String detail) {
    /// Whether connecting again makes sense; see `docs/PROTOCOL.md` section 2.4. A session does so
    /// by itself as long as its patience lasts.
    public boolean mayReconnect() {
      return reason.isEmpty()
          || switch (reason.get()) {
            case SLOW_CONSUMER,
                RATE_LIMITED,
                IDLE_TIMEOUT,
                SHUTDOWN,
                INTERNAL_ERROR,
                CONNECTION_LOST,
                UNLOADED,
                UNAUTHORIZED ->
                true;
            case LEFT, PROTOCOL_VIOLATION, KICKED, EXPIRED, SUPERSEDED, TOO_MANY_SESSIONS -> false;
          };
    }
  }

  /// What has become of the connections so far.
  ///
  /// @param resumes changes of the connection that the participant came through as itself
  /// @param rejoins others, after which it was somebody new to the room
  /// @param moves resumes that the edge asked for
  /// @param duplicates frames that came once more and were left out
  public record Stats(long resumes, long rejoins, long moves, long duplicates) {}

  private final SessionCore core;

  private Session(SessionCore core) {
    this.core = core;
  }

  /// Asks the API for edges, connects to one and waits for its `Welcome`; where the connection is
  /// lost before that it tries again, twice. Some 30 s at worst for each try, and an interrupt ends
  /// that. A room that is not there comes to be.
  ///
  /// @throws JoinException when no edge could be reached or none let the participant in
  public static Session join(SessionConfig config, SessionListener listener) throws JoinException {
    var tokens = new Tokens(config.tokens());
    var dialler = new Dialler(config, tokens, listener::notice);
    return new Session(SessionCore.join(config, tokens, listener, dialler));
  }

  static Session join(SessionConfig config, SessionListener listener, Deployment deployment)
      throws JoinException {
    var tokens = new Tokens(config.tokens());
    return new Session(SessionCore.join(config, tokens, listener, deployment));
  }

  /// Sends one frame and does not wait. The number of the participant in it does not matter.
  /// Frames are made out of samples by a [confab.participant.speech.Mouth].
  ///
  /// @return false when it was dropped: there is no connection just now, or it takes no more
  public boolean send(Frame frame) {
    return core.send(frame.toBundle());
  }

  /// Sends one request, and waits up to a second should the connection be busy. What comes of it is
  /// told by events, a `Refused` among them.
  ///
  /// @throws IOException when there is no connection just now, or it takes no requests
  public void request(Request request) throws IOException {
    core.request(request);
  }

  /// As [#request].
  public void mute(boolean muted) throws IOException {
    request(new Request.SetMuted(muted));
  }

  /// As [#request].
  public void deafen(boolean deafened) throws IOException {
    request(new Request.SetDeafened(deafened));
  }

  /// As [#request].
  public void rename(String name) throws IOException {
    request(new Request.Rename(name));
  }

  /// The transport in use, or used last.
  public Transport transport() {
    return core.current().transport();
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
    return core.reception().roster().you();
  }

  /// The latest one; see [SessionListener#event] and [SessionListener#moved].
  public Event.Welcome welcome() {
    return core.reception().roster().welcome();
  }

  /// What people call the room, as last heard; empty when nobody has said.
  public Optional<DisplayName> roomName() {
    return core.reception().roster().roomName();
  }

  /// Everybody in the room, oneself included, as last heard; a copy.
  public Collection<Participant> roster() {
    return core.reception().roster().everybody();
  }

  /// Of the last ping; zero before the first answer.
  public Duration roundTrip() {
    return core.current().roundTrip();
  }

  public Stats stats() {
    return core.reception().stats();
  }

  /// Whether it has not ended; it may be between two connections.
  public boolean isOpen() {
    return core.isOpen();
  }

  /// How it ended; empty while it lasts.
  public Optional<Ending> ending() {
    return core.ending();
  }

  /// Waits for the end, `limit` at most; answers as [#ending] does.
  public Optional<Ending> awaitEnding(Duration limit) throws InterruptedException {
    boolean _ = core.awaitEnd(limit);
    return ending();
  }

  /// Leaves. Waits until the edge has confirmed it, 1 s at most, and not at all for one that is
  /// silent. Only the first call does anything.
  @Override
  public void close() {
    core.close();
  }
}
