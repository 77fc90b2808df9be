package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.edge.http.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `GET /api/v1/page` of `docs/PROTOCOL.md` section 2.1: what an edge tells a page of where others
/// open it, by the host under which the page was reached.
class SecureOriginTest {
  /// @param host of the Host header; `%d` is the edge's own port in the clear
  /// @param headers more of them, each with its line end
  private static JsonObject page(Edge edge, String host, String... headers) throws Exception {
    String answer =
        Http.raw(
            edge.httpAddress(),
            "GET /api/v1/page HTTP/1.1\r\nHost: "
                + host.formatted(edge.httpAddress().getPort())
                + "\r\nConnection: close\r\n"
                + String.join("", headers)
                + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("no-store");
    return JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n"))).getAsJsonObject();
  }

  private static @Nullable String origin(JsonObject page) {
    JsonElement origin = page.get("secureOrigin");
    return origin == null ? null : origin.getAsString();
  }

  private static boolean selfMade(JsonObject page) {
    return page.get("selfMade").getAsBoolean();
  }

  @Test
  void whoDialsTheEdgeIsSentToItsOwnTlsPort() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      int https = edge.httpsAddress().getPort();
      assertThat(origin(page(edge, "phone.test:%d"))).isEqualTo("https://phone.test:" + https);
      assertThat(origin(page(edge, "192.0.2.7:%d"))).isEqualTo("https://192.0.2.7:" + https);
      assertThat(origin(page(edge, "[2001:db8::1]:%d")))
          .isEqualTo("https://[2001:db8::1]:" + https);
      assertThat(selfMade(page(edge, "phone.test:%d"))).isTrue();
    }
  }

  @Test
  void whoDialsTheUsualPortOfSomethingInFrontIsSentToTheUsualOneOfTls() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      JsonObject page = page(edge, "meet.example.org");
      assertThat(origin(page)).isEqualTo("https://meet.example.org");
      assertThat(selfMade(page)).isFalse();
    }
  }

  @Test
  void whereTlsIsBehindAPortOfAnotherIsNotGuessed() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      assertThat(origin(page(edge, "meet.example.org:81"))).isNull();
    }
    TrustedProxies proxies = TrustedProxies.at(InetAddress.getByName("127.0.0.1"));
    try (Edge edge = Edge.start(EdgeConfig.onLoopback().withTrustedProxies(proxies))) {
      // Its port may happen to be the edge's.
      assertThat(origin(page(edge, "meet.example.org:%d"))).isNull();
      assertThat(origin(page(edge, "meet.example.org:81", "X-Forwarded-Proto: https\r\n")))
          .isEqualTo("https://meet.example.org:81");
    }
  }

  @Test
  void aPageOfThisMachineIsToldWhereOthersDialIt() throws Exception {
    try (Edge edge = Edge.start(onAllInterfaces());
        Edge alone = Edge.start(EdgeConfig.onLoopback())) {
      Optional<String> own =
          LocalAddresses.dialable().stream().findFirst().map(LocalAddresses::inUrl);
      String expected =
          own.map(it -> "https://" + it + ":" + edge.httpsAddress().getPort()).orElse(null);
      for (String host :
          List.of("localhost:%d", "LocalHost:%d", "a.localhost:%d", "127.1.2.3:%d", "[::1]:%d")) {
        assertThat(origin(page(edge, host))).as(host).isEqualTo(expected);
        assertThat(origin(page(alone, host))).as(host).isNull();
      }
    }
  }

  /// A server on this machine that passes on what others ask.
  @Test
  void theAddressesOfThisMachineAreForItselfOnly() throws Exception {
    var config =
        onAllInterfaces().withTrustedProxies(TrustedProxies.at(InetAddress.getByName("127.0.0.1")));
    try (Edge edge = Edge.start(config)) {
      assertThat(origin(page(edge, "localhost:%d"))).isNull();
    }
  }

  @Test
  void aHostThatIsNoneIsRefused() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      String head = "GET /api/v1/page HTTP/1.1\r\nHost: a!b\r\nConnection: close\r\n\r\n";
      assertThat(Http.raw(edge.httpAddress(), head))
          .startsWith("HTTP/1.1 400")
          .contains("bad_host");
    }
  }

  private static EdgeConfig onAllInterfaces() {
    EdgeConfig it = EdgeConfig.onLoopback();
    return new EdgeConfig(
        it.name(),
        new InetSocketAddress(0).getAddress(),
        it.ports(),
        it.basePath(),
        it.quic(),
        it.tls(),
        it.limits(),
        it.cluster(),
        it.drain(),
        it.adminTokens(),
        it.access(),
        it.trustedProxies(),
        it.web());
  }
}
