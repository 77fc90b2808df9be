package confab.participant;

import confab.protocol.EdgeAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way to a deployment over the network: the edges that its API names, and to each of them the
/// transports that the participant allows.
final class Dialler implements Deployment {
  /// After this long without an answer, UDP is assumed to be blocked.
  private static final Duration BEFORE_FALLBACK = Duration.ofSeconds(3);

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SessionConfig config;
  private final Consumer<String> notices;

  /// UDP was blocked once: the next edge is not tried over WebTransport first.
  private volatile boolean fellBack;

  /// @param notices takes lines for a person
  Dialler(SessionConfig config, Consumer<String> notices) {
    this.config = config;
    this.notices = notices;
  }

  @Override
  public List<EdgeAddress> edges() throws JoinException {
    return EdgeFinder.find(config);
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
    try {
      return overWebTransport(edge, receiver, BEFORE_FALLBACK);
    } catch (JoinException e) {
      boolean unwanted = Thread.currentThread().isInterrupted();
      if (e.isRefusal() || edge.webSocket() == null || unwanted) {
        throw e;
      }
      notices.accept("WebTransport does not work, trying WebSocket: " + e.getMessage());
      Link link = overWebSocket(edge, receiver);
      fellBack = true;
      return link;
    }
  }

  /// In two tries: where the edge is near, Kwik's client loses, once in a few hundred times, an
  /// answer that comes before it has noted what it asked, and then waits in vain.
  private Link overWebTransport(EdgeAddress edge, Link.Receiver receiver, Duration limit)
      throws JoinException {
    URI url = withQuery(edge.webTransport(), "WebTransport");
    List<String> hashes = edge.certificateHashes();
    Duration firstTry = limit.dividedBy(3);
    long start = System.nanoTime();
    try {
      return WebTransportLink.open(url, hashes, receiver, firstTry);
    } catch (JoinException e) {
      boolean inTime = System.nanoTime() - start < firstTry.toNanos();
      if (e.isRefusal() || inTime || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return WebTransportLink.open(url, hashes, receiver, limit.minus(firstTry));
    }
  }

  private Link overWebSocket(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
    URI url = withQuery(edge.webSocket(), "WebSocket");
    return WebSocketLink.open(url, config.insecure(), receiver, LIMIT);
  }

  private URI withQuery(@Nullable URI url, String transport) throws JoinException {
    if (url == null) {
      throw new JoinException(JoinException.UNREACHABLE, "the edge has no " + transport);
    }
    return config.query().on(url);
  }
}
