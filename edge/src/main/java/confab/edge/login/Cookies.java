package confab.edge.login;

import confab.protocol.Seal;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.server.handlers.CookieSameSiteMode;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    String start = prefix + name + "=";
    return all(exchange)
        .filter(each -> each.startsWith(start) && each.length() <= MAX_CHARS)
        .findFirst()
        .flatMap(each -> read(place(name), each.substring(start.length())));
  }

  private Optional<byte[]> read(String place, String value) {
    try {
      byte[] content = Base64.getUrlDecoder().decode(value);
      return seal.isGood(place, content) ? Optional.of(content) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Those that the browser has and whose names begin so.
  List<String> namesOf(HttpServerExchange exchange, String beginning) {
    return all(exchange)
        .filter(each -> each.startsWith(prefix + beginning) && each.contains("="))
        .map(each -> each.substring(prefix.length(), each.indexOf('=')))
        .toList();
  }

  /// As they were sent (RFC 6265 section 4.2). Undertow would read none of them when other
  /// applications of the host have one that is not as it should be.
  private static Stream<String> all(HttpServerExchange exchange) {
    HeaderValues headers = exchange.getRequestHeaders().get(Headers.COOKIE);
    return headers == null
        ? Stream.empty()
        : headers.stream().flatMap(each -> Stream.of(each.split(";"))).map(String::strip);
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
