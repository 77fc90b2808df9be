package confab.edge;

import confab.bus.NatsConfig;
import confab.edge.access.AccessConfig;
import confab.edge.admin.AdminTokens;
import confab.edge.guard.WebConfig;
import confab.edge.http.TrustedProxies;
import confab.room.RoomLimits;
import confab.webtransport.QuicEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything about an edge that its operator decides. Immutable, read once at start.
///
/// @param name names this edge to participants, to the other edges and in logs
/// @param bind the address of all listeners; the wildcard address for all interfaces
/// @param basePath below which the proxy in front shows this edge, as in `/confab`; empty at the
///     root
/// @param quic which engine carries WebTransport
/// @param tls the certificate to serve; empty for a self-made one, which pages accept by its hash
/// @param cluster what the edge shares with others
/// @param adminTokens the bearer tokens of the admin API, which drains the edge
/// @param access whether somebody who joins has to show a token
/// @param trustedProxies the proxies whose word about the client is believed
/// @param web what the TCP ports allow
public record EdgeConfig(
    String name,
    InetAddress bind,
    Ports ports,
    String basePath,
    QuicEngine quic,
    Optional<PemFiles> tls,
    RoomLimits limits,
    Cluster cluster,
    Drain drain,
    AdminTokens adminTokens,
    AccessConfig access,
    TrustedProxies trustedProxies,
    WebConfig web) {

  /// Where the edge listens; 0 takes a free port.
  ///
  /// @param http TCP: pages, API and WebSocket in the clear, for this machine or behind a proxy
  /// @param https TCP: the same over TLS, with HTTP/2
  /// @param quic UDP: WebTransport
  public record Ports(int http, int https, int quic) {
    static final Ports DEFAULT = new Ports(8080, 8443, 4433);
  }

  /// @param certificate the chain in PEM, the server's own certificate first
  /// @param key the private key in PEM, unencrypted
  public record PemFiles(Path certificate, Path key) {}

  /// @param nats the bus; empty for an edge that is alone
  /// @param resumeKeys secrets that all edges share; the first signs. Empty for one of this run
  /// @param webTransportUrl where participants dial this edge; empty to go by its own address
  /// @param webSocketUrl likewise; empty when WebSocket goes by the address of the page
  public record Cluster(
      Optional<NatsConfig> nats,
      List<String> resumeKeys,
      Optional<URI> webTransportUrl,
      Optional<URI> webSocketUrl) {
    static final Cluster ALONE =
        new Cluster(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public Cluster {
      resumeKeys = List.copyOf(resumeKeys);
    }
  }

  /// @param timeout how long participants have to move before the edge ends
  /// @param spread how long to take for asking them
  public record Drain(Duration timeout, Duration spread) {
    static final Drain DEFAULT = new Drain(Duration.ofSeconds(30), Duration.ofSeconds(3));
  }

  /// An edge for tests: free ports of 127.0.0.1, a self-made certificate, default limits.
  public static EdgeConfig onLoopback() {
    InetAddress loopback = new InetSocketAddress("127.0.0.1", 0).getAddress();
    return new EdgeConfig(
        "test",
        loopback,
        new Ports(0, 0, 0),
        "",
        QuicEngine.preferred(),
        Optional.empty(),
        RoomLimits.defaults(),
        Cluster.ALONE,
        Drain.DEFAULT,
        AdminTokens.NONE,
        AccessConfig.OPEN,
        TrustedProxies.NONE,
        WebConfig.DEFAULT);
  }

  public EdgeConfig withLimits(RoomLimits newLimits) {
    return with(ports, basePath, quic, tls, newLimits, adminTokens, access, trustedProxies, web);
  }

  public EdgeConfig withTls(PemFiles files) {
    return with(
        ports,
        basePath,
        quic,
        Optional.of(files),
        limits,
        adminTokens,
        access,
        trustedProxies,
        web);
  }

  public EdgeConfig withPorts(Ports newPorts) {
    return with(newPorts, basePath, quic, tls, limits, adminTokens, access, trustedProxies, web);
  }

  public EdgeConfig withBasePath(String path) {
    return with(ports, path, quic, tls, limits, adminTokens, access, trustedProxies, web);
  }

  public EdgeConfig withQuic(QuicEngine engine) {
    return with(ports, basePath, engine, tls, limits, adminTokens, access, trustedProxies, web);
  }

  public EdgeConfig withAdminToken(String token) {
    return withAdminTokens(AdminTokens.of(token));
  }

  public EdgeConfig withAdminTokens(AdminTokens tokens) {
    return with(ports, basePath, quic, tls, limits, tokens, access, trustedProxies, web);
  }

  /// The same edge among others, which share the secret.
  EdgeConfig withCluster(String edge, NatsConfig nats, String resumeKey) {
    return new EdgeConfig(
        edge,
        bind,
        ports,
        basePath,
        quic,
        tls,
        limits,
        new Cluster(Optional.of(nats), List.of(resumeKey), Optional.empty(), Optional.empty()),
        drain,
        adminTokens,
        access,
        trustedProxies,
        web);
  }

  /// The same edge alone, with a secret that outlives it.
  public EdgeConfig withResumeKey(String resumeKey) {
    return new EdgeConfig(
        name,
        bind,
        ports,
        basePath,
        quic,
        tls,
        limits,
        new Cluster(
            cluster.nats(), List.of(resumeKey), cluster.webTransportUrl(), cluster.webSocketUrl()),
        drain,
        adminTokens,
        access,
        trustedProxies,
        web);
  }

  public EdgeConfig withAccess(AccessConfig newAccess) {
    return with(ports, basePath, quic, tls, limits, adminTokens, newAccess, trustedProxies, web);
  }

  public EdgeConfig withTrustedProxies(TrustedProxies proxies) {
    return with(ports, basePath, quic, tls, limits, adminTokens, access, proxies, web);
  }

  public EdgeConfig withWeb(WebConfig newWeb) {
    return with(ports, basePath, quic, tls, limits, adminTokens, access, trustedProxies, newWeb);
  }

  private EdgeConfig with(
      Ports newPorts,
      String newBasePath,
      QuicEngine newQuic,
      Optional<PemFiles> newTls,
      RoomLimits newLimits,
      AdminTokens newAdminTokens,
      AccessConfig newAccess,
      TrustedProxies newProxies,
      WebConfig newWeb) {
    return new EdgeConfig(
        name,
        bind,
        newPorts,
        newBasePath,
        newQuic,
        newTls,
        newLimits,
        cluster,
        drain,
        newAdminTokens,
        newAccess,
        newProxies,
        newWeb);
  }
}
