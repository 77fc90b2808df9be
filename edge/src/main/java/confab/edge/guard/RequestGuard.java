package confab.edge.guard;

import confab.edge.http.JsonErrors;
import confab.edge.http.ReadOnly;
import confab.protocol.address.Hosts;
import confab.protocol.address.Origins;
import confab.room.Admission.Refused;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/// What is refused of requests whatever they ask for: too many of one address, those for a host
/// that is not this edge's, and changes that another site's page asks for. A body is not waited
/// for, since no request needs one.
public final class RequestGuard implements HttpHandler {
  private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");

  /// An origin that a browser keeps to itself (Fetch §3.2).
  private static final String UNTOLD = "null";

  /// Of a browser that asks for its own page, or for what somebody typed.
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  /// An exchange over HTTP/2 whose body does not end by then is reset.
  private static final Duration BODY = Duration.ofSeconds(10);

  private final AddressLimits limits;
  private final Hosts hosts;
  private final Origins origins;
  private final Set<String> forOperators;
  private final ConnectionGuard connections;
  private final HttpRefusals refusals;
  private final HttpHandler next;

  /// @param hosts by which this edge is reached
  /// @param origins of pages elsewhere that may join
  /// @param forOperators paths that are answered under whatever host
  /// @param connections closes those of who asks too much
  public RequestGuard(
      AddressLimits limits,
      Hosts hosts,
      Origins origins,
      Set<String> forOperators,
      ConnectionGuard connections,
      HttpRefusals refusals,
      HttpHandler next) {
    this.limits = limits;
    this.hosts = hosts;
    this.origins = origins;
    this.forOperators = Set.copyOf(forOperators);
    this.connections = connections;
    this.refusals = refusals;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!exchange.isRequestComplete()) {
      doNotWaitForBody(exchange);
    }
    Refused tooMany = limits.refuseRequest(exchange.getSourceAddress().getAddress());
    if (tooMany != null) {
      if (connections.mayAnswer(exchange)) {
        JsonErrors.refuse(exchange, tooMany);
      }
    } else if (!isForUs(exchange)) {
      refusals.count(HttpRefusal.HOST);
      JsonErrors.refuse(exchange, Hosts.REFUSED, "bad_host", Hosts.REFUSAL);
    } else if (!mayChange(exchange)) {
      refusals.count(HttpRefusal.ORIGIN);
      JsonErrors.refuse(
          exchange, 403, "origin_forbidden", "This page may not change anything here.");
    } else {
      next.handleRequest(exchange);
    }
  }

  /// The answer goes out at once. Over HTTP/1.1 the connection ends with it.
  private static void doNotWaitForBody(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    if (exchange.isHttp11() || exchange.isHttp10()) {
      return;
    }
    exchange
        .getIoThread()
        .executeAfter(
            () -> {
              if (!exchange.isComplete()) {
                IoUtils.safeClose(exchange.getConnection());
              }
            },
            BODY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private boolean isForUs(HttpServerExchange exchange) {
    return hosts.contain(host(exchange), exchange.getSourceAddress().getAddress())
        || forOperators.contains(exchange.getRequestPath());
  }

  private static String host(HttpServerExchange exchange) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(Headers.HOST), "");
  }

  /// Browsers say of each change which page asks for it (Fetch §3.2); nobody else has to. Of a form
  /// of ours they say no origin, since our pages tell nobody where they are (`no-referrer`).
  private boolean mayChange(HttpServerExchange exchange) {
    if (ReadOnly.isRead(exchange)) {
      return true;
    }
    @Nullable String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    @Nullable String site = exchange.getRequestHeaders().getFirst(SEC_FETCH_SITE);
    if (origin == null || origin.equals(UNTOLD)) {
      return site == null ? origin == null : OWN_SITES.contains(site);
    }
    return origins.allow(origin, host(exchange));
  }
}
