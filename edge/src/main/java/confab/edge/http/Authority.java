package confab.edge.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The host, and perhaps port, by which somebody reached the edge (RFC 9110 §7.2).
///
/// @param host a name, an IPv4 address or a bracketed IPv6 one
/// @param port -1 when none was named
public record Authority(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::([0-9]{1,5}))?");

  /// This machine by any of the names that only itself knows it by.
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:[a-z0-9-]+\\.)*localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[::1\\]",
          Pattern.CASE_INSENSITIVE);

  /// Null when `header`, that of Host, is not a host and a port.
  public static @Nullable Authority parse(@Nullable String header) {
    Matcher parts = FORM.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return null;
    }
    String port = parts.group(2);
    return new Authority(parts.group(1), port == null ? -1 : Integer.parseInt(port));
  }

  boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /// As it was said.
  @Override
  public String toString() {
    return port < 0 ? host : host + ":" + port;
  }
}
