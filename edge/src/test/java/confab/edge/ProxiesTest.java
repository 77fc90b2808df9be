package confab.edge;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.access.login.LoginConfig;
import confab.edge.access.AccessConfig;
import confab.edge.http.TrustedProxies;
import confab.frames.Rate;
import confab.rig.Project;
import confab.rig.TestCertificate;
import confab.rig.process.FreePort;
import confab.rig.process.OpenIdProvider;
import confab.rig.process.Site;
import confab.room.RoomLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An edge behind the proxies for which `deploy/` has a file, as that file sets them up.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ProxiesTest {
  private static final String HOST = "meet.example.org";

  private static Site site;
  private static OpenIdProvider provider;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    site = Site.open("proxies", Map.of());
    provider = OpenIdProvider.start(site, List.of(URI.create("https://" + HOST)), Map.of());
  }

  @AfterAll
  static void stop() {
    site.forgetLogs();
  }

  private enum Proxy {
    HAPROXY {
      @Override
      List<String> start(Path folder, int port, int edge, TestCertificate certificate)
          throws IOException {
        Path pem = folder.resolve("both.pem");
        Files.writeString(
            pem, Files.readString(certificate.file()) + Files.readString(certificate.key()));
        String config =
            read("haproxy.cfg")
                .replaceAll("(?m)^  server .*$", "")
                .concat("  server edge 127.0.0.1:" + edge + "\n");
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
        return List.of(
            "env",
            "PROXY_BIND=127.0.0.1:" + port + " ssl crt " + pem + " alpn h2,http/1.1",
            "PROXY_STATUS_BIND=127.0.0.1:" + FreePort.find(),
            "haproxy",
            "-db",
            "-f",
            file.toString());
      }
    },

    NGINX {
      @Override
      List<String> start(Path folder, int port, int edge, TestCertificate certificate)
          throws IOException {
        String server =
            read("nginx.conf")
                .replace("127.0.0.1:8080", "127.0.0.1:" + edge)
                .replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("/etc/ssl/confab.crt", certificate.file().toString())
                .replace("/etc/ssl/confab.key", certificate.key().toString());
        String temporary =
            List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                .map(each -> each + "_temp_path " + folder.resolve(each) + ";\n")
                .reduce("", String::concat);
        String config =
            "pid %s;\ndaemon off;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n%s%s}\n"
                .formatted(folder.resolve("pid"), temporary, server);
        Path file = Files.writeString(folder.resolve("nginx.conf"), config);
        return List.of("nginx", "-c", file.toString(), "-p", folder.toString());
      }
    },

    CADDY {
      @Override
      List<String> start(Path folder, int port, int edge, TestCertificate certificate)
          throws IOException {
        String site =
            "https://%s:%d {\n\ttls %s %s\n"
                .formatted(HOST, port, certificate.file(), certificate.key());
        String config =
            "{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n"
                + read("Caddyfile")
                    .replace(HOST + " {\n", site)
                    .replace("127.0.0.1:8080", "127.0.0.1:" + edge);
        Path file = Files.writeString(folder.resolve("Caddyfile"), config);
        return List.of(
            "env",
            "HOME=" + folder,
            "caddy",
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            file.toString());
      }
    };

    /// The command that runs it.
    abstract List<String> start(Path folder, int port, int edge, TestCertificate certificate)
        throws IOException;

    private static String read(String file) throws IOException {
      return Files.readString(Project.ROOT.resolve("deploy").resolve(file));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEdgeBehindAProxyIsWhatItIsWithoutOne(Proxy proxy) throws Exception {
    RoomLimits oneRoom = RoomLimits.defaults().with(it -> it.roomCreations = new Rate(0.001, 1));
    EdgeConfig config =
        EdgeConfig.onLoopback()
            .withLimits(oneRoom)
            .withAccess(AccessConfig.OPEN.with(it -> it.login = Optional.of(login())))
            .withTrustedProxies(TrustedProxies.at(InetAddress.getByName("127.0.0.1")));
    var certificate = TestCertificate.make(folder, "dns:" + HOST);
    int port = FreePort.find();
    try (Edge edge = Edge.start(config);
        var site = Site.in(folder, Map.of())) {
      site.start("proxy", proxy.start(folder, port, edge.httpAddress().getPort(), certificate));
      var front = new Front(new InetSocketAddress("127.0.0.1", port));
      await()
          .ignoreException(ConnectException.class)
          .until(() -> front.get("/").startsWith("HTTP/1.1 200"));

      assertThat(front.get("/")).contains("Test page");
      assertThat(front.get("/api/v1/session?room=demo&user=a"))
          .contains("\"wss://" + HOST + ":" + port + "/ws\"");
      assertThat(front.upgrade("/ws?room=demo&user=a"))
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("Upgrade: websocket");
      assertThat(
              front.get(
                  "/",
                  "Connection: Upgrade, HTTP2-Settings, close",
                  "Upgrade: h2c",
                  "HTTP2-Settings: AAMAAABkAAQAAP__"))
          .startsWith("HTTP/1.1 200");
      for (String path : List.of("metrics", "healthz", "readyz", "api/v1/drain")) {
        assertThat(front.get("/" + path)).startsWith("HTTP/1.1 404");
        assertThat(front.get("//" + path)).startsWith("HTTP/1.1 404");
        assertThat(front.get("/%" + Integer.toHexString(path.charAt(0)) + path.substring(1)))
            .startsWith("HTTP/1.1 404");
        assertThat(front.get("/" + path + ";x")).doesNotStartWith("HTTP/1.1 2");
      }
      assertThat(front.get("/login?page=/meeting/demo"))
          .startsWith("HTTP/1.1 303")
          .contains("redirect_uri=https%3A%2F%2F" + HOST + "%3A" + port + "%2Flogin%2Fcallback");
      // The room of the WebSocket is the only one for this client, whatever it says of itself.
      for (String claim : List.of("X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1")) {
        assertThat(front.send("POST /api/v1/rooms", claim)).startsWith("HTTP/1.1 429");
      }
    }
  }

  private static LoginConfig login() {
    return new LoginConfig(
        provider.issuer(),
        OpenIdProvider.CLIENT,
        Optional.of(new LoginConfig.Secret.Given(OpenIdProvider.SECRET)),
        List.of("openid"),
        LoginConfig.Claims.USUAL,
        new LoginConfig.Groups(Optional.empty(), Optional.empty()),
        LoginConfig.LIFETIME);
  }

  /// The proxy as somebody sees it who dials it by its name.
  private record Front(InetSocketAddress address) {
    String get(String path, String... headers) throws Exception {
      return send("GET " + path, headers);
    }

    String send(String request, String... headers) throws Exception {
      List<String> lines = new ArrayList<>(List.of(headers));
      lines.add("Host: " + HOST + ":" + address.getPort());
      if (lines.stream().noneMatch(each -> each.startsWith("Connection: "))) {
        lines.add("Connection: close");
      }
      return Http.rawSecurely(
          address, HOST, request + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
    }

    /// The head of the answer; what follows it is no HTTP.
    String upgrade(String path) throws Exception {
      String head =
          "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      return Http.headSecurely(address, HOST, head.formatted(path, HOST, address.getPort()));
    }
  }
}
