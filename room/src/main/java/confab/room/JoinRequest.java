package confab.room;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a participant asks for before it is admitted, as it came and not yet checked.
///
/// @param name null when none was given
/// @param authority the host, and perhaps port, that was dialled
/// @param origin the page's origin; null when no browser asks
public record JoinRequest(
    String room,
    String user,
    @Nullable String name,
    InetAddress address,
    String authority,
    @Nullable String origin) {
  private static final int MAX_QUERY = 2048;

  /// Reads the query parameters `room`, `user` and `name`. Never throws: what is missing or cannot
  /// be decoded is empty, which no id is.
  ///
  /// @param rawQuery percent-encoded, without the `?`; null when there is none
  public static JoinRequest of(
      @Nullable String rawQuery, InetAddress address, String authority, @Nullable String origin) {
    Map<String, String> parameters = parse(rawQuery);
    return new JoinRequest(
        parameters.getOrDefault("room", ""),
        parameters.getOrDefault("user", ""),
        parameters.get("name"),
        address,
        authority,
        origin);
  }

  private static Map<String, String> parse(@Nullable String rawQuery) {
    Map<String, String> parameters = new HashMap<>();
    if (rawQuery == null || rawQuery.length() > MAX_QUERY) {
      return parameters;
    }
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
