package confab.edge.http;

import confab.edge.http.TrustedProxies.Header;
import confab.protocol.address.Authority;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What proxies say of the request that they pass on.
///
/// @param hops whom each of them was asked by, the first proxy's client first; as it was written
/// @param scheme by which the client asked the first proxy; null when that is not said
/// @param authority which the client asked for; likewise
record ProxyClaim(List<String> hops, @Nullable String scheme, @Nullable Authority authority) {
  private static final HttpString FORWARDED = new HttpString("Forwarded");

  /// One pair of RFC 7239 §4; the text of a quoted string has no escapes worth reading.
  private static final Pattern PAIR =
      Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([^\",;\\s]*))\\s*");

  static ProxyClaim read(HeaderMap headers, Header header) {
    return switch (header) {
      case X_FORWARDED -> xForwarded(headers);
      case FORWARDED -> forwarded(headers);
    };
  }

  private static ProxyClaim xForwarded(HeaderMap headers) {
    List<String> hops = list(headers, Headers.X_FORWARDED_FOR, ",");
    String scheme = scheme(first(headers, Headers.X_FORWARDED_PROTO));
    Authority host = Authority.parse(first(headers, Headers.X_FORWARDED_HOST));
    if (host != null && host.port() < 0) {
      Authority whole =
          Authority.parse(host.host() + ":" + first(headers, Headers.X_FORWARDED_PORT));
      host = whole == null ? host : whole.normalised(scheme == null ? "http" : scheme);
    }
    return new ProxyClaim(hops, scheme, host);
  }

  private static ProxyClaim forwarded(HeaderMap headers) {
    List<String> hops = new ArrayList<>();
    String scheme = null;
    Authority authority = null;
    for (String element : list(headers, FORWARDED, ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
      for (String pair : element.split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
        Matcher parts = PAIR.matcher(pair);
        if (parts.matches()) {
          String value = parts.group(2) == null ? parts.group(3) : parts.group(2);
          switch (parts.group(1).toLowerCase(Locale.ROOT)) {
            case "for" -> hops.add(value);
            case "proto" -> scheme = scheme == null ? scheme(value) : scheme;
            case "host" -> authority = authority == null ? Authority.parse(value) : authority;
            default -> {
              // What else it says is about the proxies themselves.
            }
          }
        }
      }
    }
    return new ProxyClaim(hops, scheme, authority);
  }

  private static List<String> list(HeaderMap headers, HttpString name, String separator) {
    var lines = headers.get(name);
    return lines == null ? List.of() : List.of(String.join(",", lines).split(separator, -1));
  }

  private static @Nullable String first(HeaderMap headers, HttpString name) {
    List<String> all = list(headers, name, ",");
    return all.isEmpty() ? null : all.getFirst().strip();
  }

  /// Some proxies say `wss` of a WebSocket.
  private static @Nullable String scheme(@Nullable String text) {
    return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
      case "https", "wss" -> "https";
      case "http", "ws" -> "http";
      default -> null;
    };
  }

  /// The address of a hop, which may have a port (RFC 7239 §6). Null for what is no literal
  /// address: names are not looked up.
  static @Nullable InetAddress address(String hop) {
    String text = hop.strip();
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      Authority authority = Authority.parse(text);
      return authority == null ? null : literal(authority.bareHost());
    }
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
