package confab.protocol;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query of a URL, in which somebody who joins says who it is; `docs/PROTOCOL.md` section 2.1.
///
/// @param parameters decoded, in the order of the query
public record Query(Map<String, String> parameters) {
  /// A longer one is not looked at. A ticket may be most of it.
  private static final int MAX_CHARS = 4096;

  public Query {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// @param namesAndValues alternating
  public static Query of(String... namesAndValues) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Query(parameters);
  }

  /// Never throws: of a name that comes twice the first value counts, what cannot be decoded is
  /// empty, and what is no parameter is left out.
  ///
  /// @param raw percent-encoded, without the `?`; null when there is none
  public static Query parse(@Nullable String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (raw != null && raw.length() <= MAX_CHARS) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String name = decode(pair.substring(0, equals));
          parameters.putIfAbsent(name, decode(pair.substring(equals + 1)));
        }
      }
    }
    return new Query(parameters);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// The value of that parameter; null when there is none.
  public @Nullable String get(String name) {
    return parameters.get(name);
  }

  /// `url` with these parameters behind those that it has: a load balancer's address may say by one
  /// of its own which edge is meant.
  public URI on(URI url) {
    return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + this);
  }

  /// Percent-encoded, without the `?`.
  @Override
  public String toString() {
    return parameters.entrySet().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// A blank is `%20`, which every decoder understands.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
