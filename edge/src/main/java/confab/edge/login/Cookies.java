package confab.edge.login;

import confab.protocol.Seal;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.server.handlers.CookieSameSiteMode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// Sealed cookies, which scripts do not see and which go nowhere but to the host that set them
/// (RFC 6265bis section 4.1.3: the prefix `__Host-`). Thread-safe.
final class Cookies {
  private static final int MAX_CHARS = 3000;

  private final Seal seal;
  private final String prefix;

  /// @param keys that edges share: the first seals, all of them are good
  /// @param basePath of this edge: another one may be on the same host
  Cookies(List<SecretKeySpec> keys, String basePath) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("without a key every cookie would be good");
    }
    seal = Seal.by(keys);
    prefix = "__Host-confab" + basePath.replace('/', '.') + "-";
  }

  /// @param name is also where it belongs: what one cookie holds is worth nothing in another
  void set(HttpServerExchange exchange, String name, byte[] content, Duration life) {
    put(
        exchange,
        name,
        Base64.getUrlEncoder().withoutPadding().encodeToString(seal.put(place(name), content)),
        (int) life.toSeconds());
  }

  /// Empty unless an edge with one of the keys has set it.
  Optional<byte[]> get(HttpServerExchange exchange, String name) {
    Cookie cookie = exchange.getRequestCookie(prefix + name);
    if (cookie == null || cookie.getValue() == null || cookie.getValue().length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      byte[] content = Base64.getUrlDecoder().decode(cookie.getValue());
      return seal.isGood(place(name), content) ? Optional.of(content) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void clear(HttpServerExchange exchange, String name) {
    put(exchange, name, "", 0);
  }

  private void put(HttpServerExchange exchange, String name, String value, int seconds) {
    exchange.setResponseCookie(
        new CookieImpl(prefix + name, value)
            .setPath("/")
            .setHttpOnly(true)
            .setSecure(true)
            .setSameSite(true)
            .setSameSiteMode(CookieSameSiteMode.LAX.toString())
            .setMaxAge(seconds));
  }

  private static String place(String name) {
    return "cookie:" + name;
  }
}
