package confab.edge.http;

import confab.protocol.address.Origins;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The headers on every answer that keep other pages away from ours. The first two also make a page
/// "cross-origin isolated", without which it gets no shared memory for its audio. Immutable.
public final class SecurityHeaders {
  /// Not for the names below this one, which may be other people's.
  private static final String FOR_A_YEAR = "max-age=31536000";

  private static final HttpString STRICT_TRANSPORT_SECURITY =
      new HttpString("Strict-Transport-Security");

  private final Map<HttpString, String> headers = new LinkedHashMap<>();
  private final boolean trustedCertificate;

  /// @param embedders origins of pages that may show ours in a frame. Whether such a frame gets the
  ///     microphone is theirs to say, by its `allow`
  /// @param trustedCertificate whether browsers are to open the edge's host over TLS only, once
  ///     they have
  /// @param tokenUrl which pages ask for tokens
  public SecurityHeaders(Origins embedders, boolean trustedCertificate, Optional<URI> tokenUrl) {
    this.trustedCertificate = trustedCertificate;
    boolean embedded = !embedders.equals(Origins.NONE);
    put("Cross-Origin-Opener-Policy", "same-origin");
    put("Cross-Origin-Embedder-Policy", "require-corp");
    // Pages that are isolated themselves have frames of those only who say so.
    put("Cross-Origin-Resource-Policy", embedded ? "cross-origin" : "same-origin");
    put("X-Content-Type-Options", "nosniff");
    put("Referrer-Policy", "no-referrer");
    put("Permissions-Policy", "microphone=(self)");
    // The transports stand on other ports and, for localhost, on another host; the Opus decoder is
    // WebAssembly.
    put(
        "Content-Security-Policy",
        "default-src 'self'; "
            + "connect-src 'self' https: wss: ws:"
            + tokenUrl.map(SecurityHeaders::inTheClear).orElse("")
            + "; "
            + "script-src 'self' 'wasm-unsafe-eval'; "
            + "style-src 'self'; "
            + "worker-src 'self'; "
            + "img-src 'self'; "
            + "object-src 'none'; "
            + "base-uri 'self'; "
            + "form-action 'self'; "
            + "frame-ancestors "
            + (embedded ? "'self' " + embedders.toString().replace(',', ' ') : "'none'"));
  }

  /// Only such an address is not allowed already.
  private static String inTheClear(URI url) {
    return url.getScheme().equalsIgnoreCase("http") ? " http://" + url.getRawAuthority() : "";
  }

  private void put(String name, String value) {
    headers.put(new HttpString(name), value);
  }

  /// Those of answers in the clear.
  Map<HttpString, String> all() {
    return Collections.unmodifiableMap(headers);
  }

  public HttpHandler before(HttpHandler next) {
    return exchange -> {
      putOn(exchange);
      next.handleRequest(exchange);
    };
  }

  private void putOn(HttpServerExchange exchange) {
    headers.forEach(exchange.getResponseHeaders()::put);
    if (trustedCertificate && exchange.getRequestScheme().equals("https")) {
      exchange.getResponseHeaders().put(STRICT_TRANSPORT_SECURITY, FOR_A_YEAR);
    }
  }
}
