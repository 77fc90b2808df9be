package confab.participant.net;

import confab.protocol.address.Authority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/// The proxies that the environment names, as curl and others read it: `http_proxy` is for `http`
/// and `ws`, `https_proxy` for `https` and `wss`, `all_proxy` for both, and `no_proxy` lists the
/// hosts to be dialled without any. This machine is always dialled without one. Immutable.
public final class Proxies extends ProxySelector implements Authenticator {
  private static final String AUTHORIZATION = "Proxy-Authorization";

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public static Proxies ofProcess() {
    return new Proxies(System.getenv());
  }

  /// A proxy, and who says so.
  ///
  /// @param variable of the environment
  /// @param user with a password behind a colon, both percent-encoded; null when it asks for none
  private record Choice(
      String variable, Proxy.Type kind, Authority where, int port, @Nullable String user) {
    Proxy proxy() {
      return new Proxy(kind, new InetSocketAddress(where.bareHost(), port));
    }
  }

  /// Names the proxy on the way to `url`, for a person; null when there is none.
  public @Nullable String named(URI url) {
    Choice choice = choice(url);
    return choice == null
        ? null
        : "the proxy %s:%d of %s"
            .formatted(choice.where().host(), choice.port(), choice.variable());
  }

  @Override
  public List<Proxy> select(URI url) {
    Choice choice = choice(url);
    return List.of(choice == null ? Proxy.NO_PROXY : choice.proxy());
  }

  @Override
  public void connectFailed(URI url, SocketAddress address, IOException why) {}

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Request request = response.request();
    Choice choice = choice(request.url().uri());
    if (choice == null || choice.user() == null || request.header(AUTHORIZATION) != null) {
      return null;
    }
    String[] parts = (choice.user() + ":").split(":", 3);
    String credentials = Credentials.basic(decoded(parts[0]), decoded(parts[1]));
    return request.newBuilder().header(AUTHORIZATION, credentials).build();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private @Nullable Choice choice(URI url) {
    Authority host = Authority.of(url);
    // OkHttp does not ask about names that URI does not see, such as `my_host`; they are near.
    boolean unseen = url.getHost() == null;
    if (host == null || unseen || host.isLoopback() || isExcepted(host, url.getScheme())) {
      return null;
    }
    boolean plain = List.of("http", "ws").contains(url.getScheme());
    // HTTP_PROXY in capitals may come from a request's header where a web server starts programs.
    return (plain
            ? Stream.of("http_proxy", "all_proxy", "ALL_PROXY")
            : Stream.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"))
        .filter(each -> !environment.getOrDefault(each, "").isBlank())
        .findFirst()
        .map(each -> read(each, environment.getOrDefault(each, "").strip()))
        .orElse(null);
  }

  private static Choice read(String variable, String text) {
    int mark = text.indexOf("://");
    String scheme = mark < 0 ? "http" : text.substring(0, mark).toLowerCase(Locale.ROOT);
    String rest = text.substring(mark < 0 ? 0 : mark + 3).replaceAll("/.*", "");
    int at = rest.lastIndexOf('@');
    Authority where = Authority.parse(rest.substring(at + 1));
    Proxy.Type kind =
        switch (scheme) {
          case "http" -> Proxy.Type.HTTP;
          case "socks", "socks4", "socks4a", "socks5", "socks5h" -> Proxy.Type.SOCKS;
          default -> Proxy.Type.DIRECT;
        };
    if (where == null || kind == Proxy.Type.DIRECT) {
      throw new IllegalArgumentException(variable + " names no proxy of http or socks5");
    }
    int usual = kind == Proxy.Type.HTTP ? 80 : 1080;
    int port = where.port() < 0 ? usual : where.port();
    return new Choice(variable, kind, where, port, at < 0 ? null : rest.substring(0, at));
  }

  private boolean isExcepted(Authority host, String scheme) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return Stream.of(list.split("[,\\s]+"))
        .filter(each -> !each.isEmpty())
        .anyMatch(each -> each.equals("*") || covers(each, host, scheme));
  }

  /// A name stands for itself and for all names below it.
  private static boolean covers(String entry, Authority host, String scheme) {
    Authority known = Authority.parse(entry.replaceFirst("^\\*?\\.", ""));
    if (known == null) {
      // An IPv6 address without brackets.
      return entry.equalsIgnoreCase(host.bareHost());
    }
    String name = host.host().toLowerCase(Locale.ROOT);
    String end = known.host().toLowerCase(Locale.ROOT);
    boolean samePort = known.port() < 0 || known.port() == host.portOr(scheme);
    return samePort && (name.equals(end) || name.endsWith("." + end));
  }
}
