package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts the headers on every answer that keep other pages away from ours. The first two also make a
/// page "cross-origin isolated", without which it gets no shared memory for its audio.
public final class SecurityHeaders implements HttpHandler {
  private static final Map<HttpString, String> HEADERS = new LinkedHashMap<>();

  static {
    put("Cross-Origin-Opener-Policy", "same-origin");
    put("Cross-Origin-Embedder-Policy", "require-corp");
    put("Cross-Origin-Resource-Policy", "same-origin");
    put("X-Content-Type-Options", "nosniff");
    put("Referrer-Policy", "no-referrer");
    put("Permissions-Policy", "microphone=(self)");
    // The transports stand on other ports and, for localhost, on another host; the Opus decoder is
    // WebAssembly.
    put(
        "Content-Security-Policy",
        "default-src 'self'; "
            + "connect-src 'self' https: wss: ws:; "
            + "script-src 'self' 'wasm-unsafe-eval'; "
            + "style-src 'self'; "
            + "worker-src 'self'; "
            + "img-src 'self'; "
            + "object-src 'none'; "
            + "base-uri 'self'; "
            + "frame-ancestors 'none'");
  }

  private final HttpHandler next;

  public SecurityHeaders(HttpHandler next) {
    this.next = next;
  }

  static Map<HttpString, String> all() {
    return Collections.unmodifiableMap(HEADERS);
  }

  private static void put(String name, String value) {
    HEADERS.put(new HttpString(name), value);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HEADERS.forEach(exchange.getResponseHeaders()::put);
    next.handleRequest(exchange);
  }
}
