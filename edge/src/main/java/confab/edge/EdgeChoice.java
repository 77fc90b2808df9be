package confab.edge;

import confab.protocol.EdgeNotice;
import confab.protocol.address.EdgeAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which edges a participant is sent to: those that take connections, this one among them, the
/// least loaded first. Immutable.
final class EdgeChoice {
  private static final int MAX_EDGES = 4;

  /// Edges whose load differs by less count as equally loaded, and take turns.
  private static final double LOAD_STEP = 0.05;

  private final EdgeUrls urls;
  private final Supplier<EdgeNotice> self;
  private final EdgeDirectory directory;
  private final boolean clustered;

  /// @param clustered whether there may ever be other edges
  EdgeChoice(EdgeUrls urls, Supplier<EdgeNotice> self, EdgeDirectory directory, boolean clustered) {
    this.urls = urls;
    this.self = self;
    this.directory = directory;
    this.clustered = clustered;
  }

  /// The answer of the session API; null when `authority` is not a host and a port.
  ///
  /// @param authority the Host header of who asks
  /// @param secure whether they asked over TLS
  /// @param withSelf whether this edge takes connections
  @Nullable List<EdgeAddress> answer(@Nullable String authority, boolean secure, boolean withSelf) {
    EdgeUrls.Urls own = urls.of(authority, secure);
    if (own == null) {
      return null;
    }
    EdgeNotice me = self.get();
    List<EdgeNotice> candidates = new ArrayList<>(directory.open());
    if (withSelf) {
      candidates.add(me);
    }
    Collections.shuffle(candidates);
    candidates.sort(Comparator.comparingLong(each -> (long) (each.load() / LOAD_STEP)));
    return candidates.stream().limit(MAX_EDGES).map(each -> answer(each, each == me, own)).toList();
  }

  private EdgeAddress answer(EdgeNotice edge, boolean isSelf, EdgeUrls.Urls own) {
    URI dial = isSelf ? own.webTransport() : edge.webTransportUrl().orElse(null);
    List<String> hashes =
        edge.certificateHashes().stream().map(Base64.getEncoder()::encodeToString).toList();
    return new EdgeAddress(edge.name(), dial, hashes, webSocket(edge, own));
  }

  /// Where the edge is dialled with WebSocket. An edge without an address of its own is dialled at
  /// the page's address, where a load balancer finds it by its name.
  private URI webSocket(EdgeNotice edge, EdgeUrls.Urls own) {
    return edge.webSocketUrl().orElseGet(() -> byPage(edge.name(), own.webSocket()));
  }

  private URI byPage(String edge, URI page) {
    return clustered ? URI.create(page + "?edge=" + edge) : page;
  }
}
