package confab.edge;

import confab.bus.NatsConfig;
import confab.bus.NatsConfig.Login;
import confab.edge.EdgeConfig.Cluster;
import confab.edge.EdgeConfig.Drain;
import confab.edge.admin.AdminTokens;
import confab.edge.http.TrustedProxies;
import confab.edge.http.TrustedProxies.Header;
import confab.protocol.address.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `confab serve` about running with other edges and behind a load balancer.
final class ClusterOptions {
  @Option(
      names = "--nats",
      paramLabel = "URL",
      split = ",",
      description =
          "NATS servers, as nats://host:4222 or tls://host:4222, that join this edge to others."
              + " Default: none, the edge is alone.")
  List<String> nats = List.of();

  @Option(
      names = "--nats-user",
      paramLabel = "NAME",
      description = "Logs in to NATS with this name and --nats-password.")
  @Nullable String natsUser;

  @Option(names = "--nats-password", paramLabel = "PASSWORD", description = "See --nats-user.")
  String natsPassword = "";

  @Option(
      names = "--nats-token",
      paramLabel = "TOKEN",
      description = "Logs in to NATS with a token.")
  @Nullable String natsToken;

  @Option(
      names = "--nats-creds",
      paramLabel = "FILE",
      description = "Logs in to NATS with a credentials file.")
  @Nullable Path natsCredentials;

  @Option(
      names = "--nats-ca",
      paramLabel = "FILE",
      description = "Authorities (PEM) to trust for NATS over TLS. Default: those of the JDK.")
  @Nullable Path natsAuthorities;

  @Option(
      names = "--nats-cert",
      paramLabel = "FILE",
      description = "Certificate (PEM) to show to NATS servers that ask for one.")
  @Nullable Path natsCertificate;

  @Option(
      names = "--nats-key",
      paramLabel = "FILE",
      description = "Its private key (PEM). Default: in the file of --nats-cert.")
  @Nullable Path natsKey;

  @Option(
      names = "--resume-key",
      paramLabel = "SECRET",
      split = ",",
      description =
          "Shared by all edges, at least 16 characters: a participant who comes back to another"
              + " edge is the same. The first signs, all of them count.")
  List<String> resumeKeys = List.of();

  @Option(
      names = "--advertise-url",
      paramLabel = "URL",
      description =
          "Where participants dial this edge with WebTransport, as https://edge1.example.org:4433."
              + " Default: the address it listens on.")
  @Nullable URI advertiseUrl;

  @Option(
      names = "--advertise-websocket-url",
      paramLabel = "URL",
      description =
          "Likewise with WebSocket, as wss://edge1.example.org/ws. Default: the address of the"
              + " page, which is the load balancer's.")
  @Nullable URI advertiseWebSocketUrl;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS",
      split = ",",
      description =
          "Proxies that are believed about who asks: addresses, ranges (10.0.0.0/8) or names;"
              + " repeatable.")
  List<String> trustedProxies = List.of();

  @Option(
      names = "--proxy-header",
      paramLabel = "x-forwarded-for|forwarded",
      description =
          "What they say it by: X-Forwarded-For, -Proto, -Host and -Port, or Forwarded."
              + " Default: {default}.")
  String proxyHeader = "x-forwarded-for";

  @Option(
      names = "--admin-token",
      paramLabel = "TOKEN",
      split = ",",
      description =
          "Bearer tokens of operators, who drain the edge and take tokens back; at least 16"
              + " characters each; repeatable. Default: nobody may.")
  List<String> adminTokens = List.of();

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      description = "A file of such tokens, one per line; what it holds counts at once.")
  @Nullable Path adminTokenFile;

  @Option(
      names = "--drain-timeout",
      paramLabel = "DURATION",
      description =
          "How long participants have to move to other edges when this one is told to end."
              + " Default: {default}.")
  Duration drainTimeout = Drain.DEFAULT.timeout();

  @Option(
      names = "--drain-spread",
      paramLabel = "DURATION",
      description = "How long to take for asking them. Default: {default}.")
  Duration drainSpread = Drain.DEFAULT.spread();

  private static final int MIN_SECRET = 16;

  private static final Map<String, Header> HEADERS =
      Map.of("x-forwarded-for", Header.X_FORWARDED, "forwarded", Header.FORWARDED);

  /// @param edge names the connection to NATS
  Cluster cluster(String edge) throws StartException {
    for (String key : resumeKeys) {
      ServeOptions.check(key.length() >= MIN_SECRET, "--resume-key", "at least 16 characters long");
    }
    return new Cluster(
        natsConfig(edge),
        resumeKeys,
        url("--advertise-url", advertiseUrl, "https").map(ClusterOptions::withPath),
        url("--advertise-websocket-url", advertiseWebSocketUrl, "wss", "ws"));
  }

  private Optional<NatsConfig> natsConfig(String edge) throws StartException {
    if (nats.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<URI> servers = nats.stream().map(NatsConfig::server).toList();
      var tls = new NatsConfig.Tls(natsAuthorities, natsCertificate, natsKey);
      return Optional.of(new NatsConfig(servers, login(), tls, edge));
    } catch (IllegalArgumentException e) {
      throw new StartException("--nats: " + e.getMessage());
    }
  }

  private Login login() throws StartException {
    if (natsUser != null) {
      return new Login.UserPassword(natsUser, natsPassword);
    }
    if (natsToken != null) {
      return new Login.Token(natsToken);
    }
    return natsCredentials == null
        ? new Login.Anonymous()
        : new Login.CredentialsFile(natsCredentials);
  }

  private static Optional<URI> url(String option, @Nullable URI url, String... schemes)
      throws StartException {
    if (url == null) {
      return Optional.empty();
    }
    boolean good = Authority.of(url) != null && List.of(schemes).contains(url.getScheme());
    ServeOptions.check(
        good && url.getQuery() == null, option, "like " + schemes[0] + "://host:port");
    return Optional.of(url);
  }

  private static URI withPath(URI url) {
    return url.getPath().length() > 1 ? url : url.resolve(Edge.WEB_TRANSPORT_PATH);
  }

  Drain drain() throws StartException {
    ServeOptions.check(!drainTimeout.isZero(), "--drain-timeout", "longer than nothing");
    return new Drain(drainTimeout, drainSpread);
  }

  AdminTokens adminTokens() throws StartException {
    for (String token : adminTokens) {
      ServeOptions.check(
          token.length() >= AdminTokens.MIN_CHARS, "--admin-token", "at least 16 characters long");
    }
    if (adminTokenFile != null) {
      try {
        AdminTokens.read(adminTokenFile);
      } catch (IOException e) {
        throw new StartException("--admin-token-file: " + e.getMessage());
      }
    }
    return new AdminTokens(adminTokens, Optional.ofNullable(adminTokenFile));
  }

  TrustedProxies trustedProxies() throws StartException {
    Header header = HEADERS.get(proxyHeader);
    ServeOptions.check(header != null, "--proxy-header", "x-forwarded-for or forwarded");
    try {
      return TrustedProxies.parse(trustedProxies, Objects.requireNonNull(header));
    } catch (UnknownHostException e) {
      throw new StartException(
          "--trusted-proxy has to name addresses, ranges like 10.0.0.0/8, or hosts: "
              + e.getMessage());
    }
  }
}
