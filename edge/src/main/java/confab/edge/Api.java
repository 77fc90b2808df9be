package confab.edge;

import confab.edge.access.AccessConfig;
import confab.edge.access.TokenCheck;
import confab.edge.access.TokenCheck.Answer;
import confab.edge.admin.DrainApi;
import confab.edge.admin.RevocationApi;
import confab.edge.guard.AddressLimits;
import confab.edge.http.AllowedMethod;
import confab.edge.http.Bearer;
import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import confab.edge.http.SecureOrigin;
import confab.edge.http.ThreadPerRequest;
import confab.edge.rooms.RoomApi;
import confab.protocol.address.Authority;
import confab.protocol.address.Origins;
import confab.protocol.address.SessionAnswer;
import confab.room.Admission;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.JoinRequest;
import confab.room.Rooms;
import confab.websocket.HttpAdmission;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The HTTP API of `docs/PROTOCOL.md` section 2.1. Each request runs on a virtual thread of its
/// own; how many there are is bounded by the listener's connections.
final class Api implements HttpHandler, AutoCloseable {
  private static final String ROOMS = "/rooms";
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");

  private final Rooms rooms;
  private final EdgeChoice choice;
  private final SecureOrigin origin;
  private final boolean selfMade;
  private final Origins allowedOrigins;
  private final AddressLimits limits;
  private final TokenCheck tokens;
  private final AccessConfig access;
  private final RoomApi roomApi;
  private final DrainApi drain;
  private final RevocationApi revocations;
  private final ThreadPerRequest threads = new ThreadPerRequest("api-");

  /// @param selfMade whether this edge's certificate is
  /// @param allowedOrigins of pages elsewhere that may join
  /// @param access what pages are told of who may enter
  Api(
      Rooms rooms,
      EdgeChoice choice,
      SecureOrigin origin,
      boolean selfMade,
      Origins allowedOrigins,
      AddressLimits limits,
      TokenCheck tokens,
      AccessConfig access,
      RoomApi roomApi,
      DrainApi drain,
      RevocationApi revocations) {
    this.rooms = rooms;
    this.choice = choice;
    this.origin = origin;
    this.selfMade = selfMade;
    this.allowedOrigins = allowedOrigins;
    this.limits = limits;
    this.tokens = tokens;
    this.access = access;
    this.roomApi = roomApi;
    this.drain = drain;
    this.revocations = revocations;
  }

  // The answers as JSON has them.

  record PageAnswer(
      @Nullable String secureOrigin,
      boolean selfMade,
      boolean asksForTokens,
      boolean login,
      @Nullable String tokenUrl) {}

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    threads.run(exchange, this::answer);
  }

  private void answer(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    String path = exchange.getRelativePath();
    if (path.equals("/session")) {
      if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
        letAskAcrossOrigins(exchange);
      } else if (AllowedMethod.is(Methods.GET, exchange)) {
        session(exchange);
      }
    } else if (path.equals("/page")) {
      if (AllowedMethod.is(Methods.GET, exchange)) {
        page(exchange);
      }
    } else if (path.equals(ROOMS) || path.startsWith(ROOMS + "/")) {
      roomApi.answer(exchange, path.substring(ROOMS.length()));
    } else if (path.equals("/drain")) {
      if (AllowedMethod.is(Methods.POST, exchange)) {
        drain.answer(exchange);
      }
    } else if (path.equals("/revocations")) {
      if (AllowedMethod.is(Methods.POST, exchange)) {
        revocations.answer(exchange);
      }
    } else {
      JsonErrors.notFound(exchange);
    }
  }

  /// An edge that has no place itself still names the edges that may have one.
  private void session(HttpServerExchange exchange) {
    letReadAcrossOrigins(exchange);
    Refused tooMany = limits.refuseSessionLookup(address(exchange));
    if (tooMany != null) {
      JsonErrors.refuse(exchange, tooMany);
      return;
    }
    JoinRequest request = HttpAdmission.request(exchange);
    switch (tokens.join(request, Bearer.token(exchange))) {
      case Answer.No(Refused why) -> JsonErrors.refuse(exchange, why);
      case Answer.Yes(String ticket, var _) -> session(exchange, request.withTicket(ticket));
    }
  }

  private void session(HttpServerExchange exchange, JoinRequest request) {
    Admission admission = rooms.preview(request);
    boolean secure = exchange.getRequestScheme().equals("https");
    String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
    boolean admitted = admission instanceof Admitted;
    var edges = choice.answer(host, secure, admitted);
    if (edges == null) {
      refuseHost(exchange);
    } else if (admission instanceof Refused refused && (edges.isEmpty() || !isForPlace(refused))) {
      JsonErrors.refuse(exchange, refused);
    } else {
      JsonAnswers.send(exchange, 200, new SessionAnswer(edges, request.ticket()).write());
    }
  }

  /// A page of an allowed origin may join, and so may read where, or why not (Fetch §3.3).
  private void letReadAcrossOrigins(HttpServerExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    exchange.getResponseHeaders().put(Headers.VARY, Headers.ORIGIN_STRING);
    if (origin != null && allowedOrigins.contains(origin)) {
      exchange.getResponseHeaders().put(ALLOW_ORIGIN, origin);
    }
  }

  /// Pages elsewhere ask first whether they may show a token (Fetch §4.8).
  private void letAskAcrossOrigins(HttpServerExchange exchange) {
    letReadAcrossOrigins(exchange);
    exchange.getResponseHeaders().put(ALLOW_HEADERS, Headers.AUTHORIZATION_STRING);
    exchange.setStatusCode(StatusCodes.NO_CONTENT);
    exchange.endExchange();
  }

  private void page(HttpServerExchange exchange) {
    Authority authority = Authority.parse(exchange.getRequestHeaders().getFirst(Headers.HOST));
    if (authority == null) {
      refuseHost(exchange);
      return;
    }
    SecureOrigin.Found found = origin.of(exchange, authority);
    JsonAnswers.send(
        exchange,
        200,
        new PageAnswer(
            found.origin(),
            selfMade && found.direct(),
            access.tokensOnly(),
            access.login().isPresent(),
            access.tokenUrl().map(URI::toString).orElse(null)));
  }

  private static void refuseHost(HttpServerExchange exchange) {
    JsonErrors.refuse(exchange, 400, "bad_host", "The Host header is not a host and a port.");
  }

  private static boolean isForPlace(Refused refused) {
    return refused.status() == StatusCodes.SERVICE_UNAVAILABLE;
  }

  private static InetAddress address(HttpServerExchange exchange) {
    return exchange.getSourceAddress().getAddress();
  }

  @Override
  public void close() {
    threads.close();
  }
}
