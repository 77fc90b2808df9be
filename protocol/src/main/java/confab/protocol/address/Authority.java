package confab.protocol.address;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A host, and perhaps a port, as URLs, origins and the Host header have it (RFC 3986 §3.2,
/// RFC 9110 §7.2).
///
/// The hosts of containers and of home networks often have an underscore (`my_host`), for which
/// [URI#getHost] is null; so nothing else reads a host out of a URI.
///
/// @param host a name, an IPv4 address or a bracketed IPv6 one, as it was said
/// @param port -1 when none was named
public record Authority(String host, int port) {
  private static final int MAX_PORT = 65_535;

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::([0-9]{1,5}))?");

  /// This machine by any of the names that only itself knows it by.
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:[a-z0-9-]+\\.)*localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[::1\\]",
          Pattern.CASE_INSENSITIVE);

  /// Null when `text` is not a host and a port.
  public static @Nullable Authority parse(@Nullable String text) {
    Matcher parts = FORM.matcher(text == null ? "" : text);
    if (!parts.matches() || !isHost(parts.group(1))) {
      return null;
    }
    int port = parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2));
    return port > MAX_PORT ? null : new Authority(parts.group(1), port);
  }

  /// Null when `url` has no authority, or one with a user in it.
  public static @Nullable Authority of(URI url) {
    return parse(url.getRawAuthority());
  }

  /// Of a URL that is known to have one.
  ///
  /// @throws IllegalArgumentException when it has none all the same
  public static Authority in(URI url) {
    Authority found = of(url);
    if (found == null) {
      throw new IllegalArgumentException("no host in " + url);
    }
    return found;
  }

  /// Brackets hold an IPv6 address.
  private static boolean isHost(String host) {
    if (!host.startsWith("[")) {
      return true;
    }
    try {
      return host.contains(":") && InetAddress.ofLiteral(bare(host)) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// The host as resolvers and TLS take it: IPv6 without brackets.
  public String bareHost() {
    return bare(host);
  }

  /// The port, or that of the scheme: 80 for `http` and `ws`, 443 for what is secure.
  public int portOr(String scheme) {
    return port >= 0 ? port : standardPort(scheme);
  }

  /// The same host in lower case, and no port where `scheme` means the same without it (RFC 6454
  /// §6.2).
  public Authority normalised(String scheme) {
    return new Authority(host.toLowerCase(Locale.ROOT), port == standardPort(scheme) ? -1 : port);
  }

  private static int standardPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      default -> 443;
    };
  }

  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /// As a URL has it.
  @Override
  public String toString() {
    return port < 0 ? host : host + ":" + port;
  }
}
