package confab.participant;

import confab.participant.Session.Ending;
import confab.participant.net.Addresses;
import confab.participant.net.Proxies;
import confab.participant.token.Tokens;
import confab.protocol.CloseReason;
import confab.protocol.Query;
import confab.protocol.address.Authority;
import confab.protocol.address.EdgeAddress;
import confab.protocol.address.SessionAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way to a deployment over the network: the edges that its API names, and to each of them the
/// transports that the participant allows.
final class Dialler implements Deployment {
  /// After this long without an answer, UDP is assumed to be blocked.
  private static final Duration BEFORE_FALLBACK = Duration.ofSeconds(3);

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SessionConfig config;
  private final Tokens tokens;
  private final Consumer<String> notices;

  /// The latest that the API has given. An old one is of use together with a resume token.
  private volatile String ticket = "";

  /// Who asked last.
  private volatile String session = "";

  /// UDP was silent once: the next edge is not tried over WebTransport first.
  private volatile boolean fellBack;

  /// Somebody whose tokens nobody else asks for.
  Dialler(SessionConfig config, Consumer<String> notices) {
    this(config, new Tokens(config.tokens()), notices);
  }

  /// @param notices takes lines for a person
  Dialler(SessionConfig config, Tokens tokens, Consumer<String> notices) {
    this.config = config;
    this.tokens = tokens;
    this.notices = notices;
  }

  @Override
  public List<EdgeAddress> edges(String nowSession) throws JoinException {
    session = nowSession;
    SessionAnswer answer = EdgeFinder.ask(config, nowSession, tokens);
    ticket = answer.ticket();
    return answer.edges();
  }

  @Override
  public Link dial(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
    return switch (config.transport()) {
      case WEBTRANSPORT -> overWebTransport(edge, receiver, LIMIT);
      case WEBSOCKET -> overWebSocket(edge, receiver);
      case AUTO -> {
        if (edge.webTransport() == null || (fellBack && edge.webSocket() != null)) {
          yield overWebSocket(edge, receiver);
        }
        yield overEither(edge, receiver);
      }
    };
  }

  private Link overEither(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
    long start = System.nanoTime();
    try {
      return overWebTransportAnew(edge, receiver);
    } catch (JoinException e) {
      boolean unwanted = Thread.currentThread().isInterrupted();
      if (e.isRefusal() || edge.webSocket() == null || unwanted) {
        throw e;
      }
      boolean silent = System.nanoTime() - start >= BEFORE_FALLBACK.toNanos();
      notices.accept("WebTransport does not work, trying WebSocket: " + e.getMessage());
      Link link = overWebSocket(edge, receiver);
      fellBack |= silent;
      return link;
    }
  }

  /// An edge that has been started again has another certificate than the one that is known.
  private Link overWebTransportAnew(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
    try {
      return overWebTransport(edge, receiver, BEFORE_FALLBACK);
    } catch (JoinException e) {
      if (e.isRefusal() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return overWebTransport(withOtherCertificate(edge, e), receiver, BEFORE_FALLBACK);
    }
  }

  /// @param otherwise thrown when there is none
  private EdgeAddress withOtherCertificate(EdgeAddress edge, JoinException otherwise)
      throws JoinException {
    try {
      return edges(session).stream()
          .filter(each -> Objects.equals(each.webTransport(), edge.webTransport()))
          .filter(each -> !each.certificateHashes().equals(edge.certificateHashes()))
          .findFirst()
          .orElseThrow(() -> otherwise);
    } catch (JoinException e) {
      throw otherwise;
    }
  }

  /// All addresses of the edge's name, each a while after the one before.
  private Link overWebTransport(EdgeAddress edge, Link.Receiver receiver, Duration limit)
      throws JoinException {
    URI url = withQuery(edge.webTransport(), "WebTransport");
    String where = url.getScheme() + "://" + url.getAuthority() + " over WebTransport";
    try {
      List<InetAddress> addresses = Addresses.of(Authority.in(url).bareHost());
      var race =
          new Race<InetAddress, Link>(
              addresses,
              address -> inTwoTries(url, address, edge.certificateHashes(), receiver, limit),
              link -> link.close(CloseReason.LEFT));
      return race.winner(Addresses.STAGGER, limit.plus(Addresses.STAGGER));
    } catch (JoinException e) {
      throw pastProxy(e);
    } catch (IOException | IllegalArgumentException e) {
      throw pastProxy(JoinException.unreachable(where, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(where, e);
    }
  }

  /// A proxy may be there because nothing else leads out, and none of its kind takes QUIC.
  private JoinException pastProxy(JoinException failure) {
    String proxy = failure.isRefusal() ? null : Proxies.ofProcess().named(config.url());
    return proxy == null
        ? failure
        : new JoinException(
            failure.error(), failure.getMessage() + "; WebTransport goes past " + proxy);
  }

  /// Where the edge is near, Kwik's client loses, once in a few hundred times, an answer that comes
  /// before it has noted what it asked, and then waits in vain.
  private static Link inTwoTries(
      URI url, InetAddress address, List<String> hashes, Link.Receiver receiver, Duration limit)
      throws JoinException {
    Duration firstTry = limit.dividedBy(3);
    long start = System.nanoTime();
    try {
      return open(it -> WebTransportLink.open(url, address, hashes, it, firstTry), receiver);
    } catch (JoinException e) {
      boolean inTime = System.nanoTime() - start < firstTry.toNanos();
      if (e.isRefusal() || inTime || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      Duration rest = limit.minus(firstTry);
      return open(it -> WebTransportLink.open(url, address, hashes, it, rest), receiver);
    }
  }

  private Link overWebSocket(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
    URI url = withQuery(edge.webSocket(), "WebSocket");
    return open(it -> WebSocketLink.open(url, config.insecure(), it, LIMIT), receiver);
  }

  private interface Opening {
    Link to(Link.Receiver receiver) throws JoinException;
  }

  private static Link open(Opening opening, Link.Receiver receiver) throws JoinException {
    var attempt = new Attempt(receiver);
    try {
      Link link = opening.to(attempt);
      attempt.stands();
      return link;
    } catch (JoinException | RuntimeException e) {
      attempt.giveUp();
      throw e;
    }
  }

  private URI withQuery(@Nullable URI url, String transport) throws JoinException {
    if (url == null) {
      throw new JoinException(JoinException.UNREACHABLE, "the edge has no " + transport);
    }
    URI joining = config.query().on(url);
    return ticket.isEmpty() ? joining : Query.of("ticket", ticket).on(joining);
  }

  /// One try to open a link for a connection, over one transport. What becomes of the link counts
  /// only once the try has succeeded: the end of a link that was given up must not end the one that
  /// came after it.
  private static final class Attempt implements Link.Receiver {
    private enum State {
      DIALLING,
      STANDS,
      GIVEN_UP
    }

    private final Link.Receiver connection;
    private State state = State.DIALLING; // this and below guarded by this
    private @Nullable Ending early;

    Attempt(Link.Receiver connection) {
      this.connection = connection;
    }

    /// The link stands: its end, which may have come already, is the connection's.
    void stands() {
      Ending known;
      synchronized (this) {
        state = State.STANDS;
        known = early;
      }
      if (known != null) {
        connection.onEnd(known);
      }
    }

    /// Nothing that still comes of it is heard.
    synchronized void giveUp() {
      state = State.GIVEN_UP;
    }

    private synchronized boolean isGivenUp() {
      return state == State.GIVEN_UP;
    }

    @Override
    public void onBundle(byte[] bundle) {
      if (!isGivenUp()) {
        connection.onBundle(bundle);
      }
    }

    @Override
    public void onEvent(byte[] event) {
      if (!isGivenUp()) {
        connection.onEvent(event);
      }
    }

    @Override
    public void onEnd(Ending ending) {
      synchronized (this) {
        if (state != State.STANDS) {
          early = ending;
          return;
        }
      }
      connection.onEnd(ending);
    }
  }
}
