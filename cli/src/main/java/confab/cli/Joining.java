package confab.cli;

import confab.cli.HeadlessParticipant.Config;
import confab.cli.HeadlessParticipant.Listener;
import confab.cli.HeadlessParticipant.Transport;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way into a room: the edges that the API names, and on each the transports that are allowed,
/// until one works. Used once, by the thread that joins.
final class Joining {
  /// After this long without an answer, UDP is assumed to be blocked.
  static final Duration BEFORE_FALLBACK = Duration.ofSeconds(3);

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Config config;
  private final Listener listener;

  Joining(Config config, Listener listener) {
    this.config = config;
    this.listener = listener;
  }

  HeadlessParticipant join() throws JoinException {
    JoinException last = null;
    for (EdgeAddress edge : EdgeFinder.find(config)) {
      try {
        return join(edge);
      } catch (JoinException e) {
        last = e;
      }
    }
    throw last != null
        ? last
        : new JoinException(JoinException.UNREACHABLE, config.url() + " knows no edge");
  }

  private HeadlessParticipant join(EdgeAddress edge) throws JoinException {
    return switch (config.transport()) {
      case WEBTRANSPORT -> overWebTransport(edge, LIMIT);
      case WEBSOCKET -> overWebSocket(edge);
      case AUTO -> {
        if (edge.webTransport() == null) {
          yield overWebSocket(edge);
        }
        try {
          yield overWebTransport(edge, BEFORE_FALLBACK);
        } catch (JoinException e) {
          if (e.isRefusal() || edge.webSocket() == null) {
            throw e;
          }
          listener.notice("WebTransport does not work, trying WebSocket: " + e.getMessage());
          yield overWebSocket(edge);
        }
      }
    };
  }

  private HeadlessParticipant overWebTransport(EdgeAddress edge, Duration limit)
      throws JoinException {
    URI url = withQuery(edge.webTransport(), "WebTransport");
    var participant = new HeadlessParticipant(listener, Transport.WEBTRANSPORT);
    participant.begin(
        WebTransportLink.open(url, edge.certificateHashes(), participant.receiver(), limit));
    return participant;
  }

  private HeadlessParticipant overWebSocket(EdgeAddress edge) throws JoinException {
    URI url = withQuery(edge.webSocket(), "WebSocket");
    var participant = new HeadlessParticipant(listener, Transport.WEBSOCKET);
    participant.begin(WebSocketLink.open(url, config.insecure(), participant.receiver(), LIMIT));
    return participant;
  }

  private URI withQuery(@Nullable URI url, String transport) throws JoinException {
    if (url == null) {
      throw new JoinException(JoinException.UNREACHABLE, "the edge has no " + transport);
    }
    return URI.create(url + EdgeFinder.query(config));
  }
}
