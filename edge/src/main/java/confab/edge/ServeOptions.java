package confab.edge;

import confab.edge.EdgeConfig.PemFiles;
import confab.edge.EdgeConfig.Ports;
import confab.edge.access.AccessOptions;
import confab.edge.guard.WebOptions;
import confab.edge.limits.LimitOptions;
import confab.frames.Forwarding;
import confab.room.RoomLimits;
import confab.webtransport.QuicEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `confab serve` as picocli fills them, and what they make: an [EdgeConfig].
///
/// Each default stands in one place: in [RoomLimits#defaults], in [Ports#DEFAULT], or at the field.
/// Help texts have it from the field ([OptionHelp]), and a test holds OPERATIONS to it.
final class ServeOptions {
  private static final RoomLimits LIMITS = RoomLimits.defaults();

  /// The longest frame that Opus has.
  private static final Duration MAX_ROUND_WINDOW = Duration.ofMillis(60);

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: all interfaces.")
  @Nullable String bind;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "TCP port of pages, API and WebSocket; 0 takes a free one. Default: {default}.")
  int httpPort = Ports.DEFAULT.http();

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      description = "TCP port of the same over TLS; 0 takes a free one. Default: {default}.")
  int httpsPort = Ports.DEFAULT.https();

  @Option(
      names = "--quic-port",
      paramLabel = "PORT",
      description = "UDP port of WebTransport; 0 takes a free one. Default: {default}.")
  int quicPort = Ports.DEFAULT.quic();

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      description =
          "The folder below which the proxy in front shows this edge, as /confab. Default: the"
              + " root.")
  String basePath = "";

  @Option(
      names = "--quic",
      paramLabel = "auto|kwik|netty",
      description =
          "The engine of WebTransport. Default: netty where its native libraries run, else kwik.")
  Quic quic = Quic.auto;

  @Option(
      names = "--native-dir",
      paramLabel = "DIR",
      description =
          "Where the native libraries of netty are unpacked: a folder to run programs from."
              + " Default: the folder for temporary files.")
  @Nullable Path nativeDirectory;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate chain (PEM). Default: a self-made certificate.")
  @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of --tls-cert (PEM, unencrypted).")
  @Nullable Path tlsKey;

  @Mixin WebOptions web = new WebOptions();

  @Option(
      names = "--edge-name",
      paramLabel = "NAME",
      description = "Names this edge to participants. Default: a short random id.")
  @Nullable String edgeName;

  @Mixin AccessOptions access = new AccessOptions();

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--max-sessions",
      paramLabel = "N",
      description = "Sessions on this edge. Default: {default}.")
  int maxSessions = LIMITS.maxSessions();

  @Option(
      names = "--max-rooms",
      paramLabel = "N",
      description = "Rooms on this edge, empty ones included. Default: {default}.")
  int maxRooms = LIMITS.maxRooms();

  @Option(
      names = "--max-participants",
      paramLabel = "N",
      description = "Participants in one room. Default: {default}.")
  int maxParticipants = LIMITS.maxParticipants();

  @Option(
      names = "--create-on-join",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether joining a room that is not there makes it. Default: {default}.")
  boolean createOnJoin = LIMITS.createOnJoin();

  @Option(
      names = "--loudest",
      paramLabel = "N",
      description =
          "Speakers forwarded at a time in large rooms; 0 for everyone. Default: {default}.")
  int loudest = LIMITS.forwarding().loudest();

  @Option(
      names = "--loudest-from",
      paramLabel = "N",
      description = "From how many participants on a room is large. Default: {default}.")
  int loudestFrom = LIMITS.forwarding().loudestFrom();

  @Option(
      names = "--round-window",
      paramLabel = "DURATION",
      description =
          "How long a frame waits at most to travel with those of others. Default: {default}.")
  Duration roundWindow = LIMITS.forwarding().roundWindow();

  @Mixin LimitOptions people = new LimitOptions();

  @Option(
      names = "--idle-timeout",
      paramLabel = "DURATION",
      description =
          "A session not heard for so long is closed, as 8s or 500ms. Default: {default}.")
  Duration idleTimeout = LIMITS.idleTimeout();

  @Option(
      names = "--resume-window",
      paramLabel = "DURATION",
      description =
          "How long who lost the connection may come back and be the same. Default: {default}.")
  Duration resumeWindow = LIMITS.resumeWindow();

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "Form of the log on standard error. Default: {default}.")
  Logs.Format logFormat = Logs.Format.text;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "trace, debug, info, warn or error. Default: {default}.")
  Logs.Threshold logLevel = Logs.Threshold.info;

  /// As they are written on the command line.
  enum Quic {
    auto,
    kwik,
    netty;

    QuicEngine engine() {
      return switch (this) {
        case auto -> QuicEngine.preferred();
        case kwik -> QuicEngine.KWIK;
        case netty -> QuicEngine.NETTY;
      };
    }
  }

  /// Where netty does not run, and was not told to: why. Netty looks for its natives once, here.
  Optional<String> withoutNatives() {
    return quic == Quic.auto ? QuicEngine.NETTY.obstacle() : Optional.empty();
  }

  /// @throws StartException when a value is outside what it may be
  EdgeConfig toConfig() throws StartException {
    try {
      return config();
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private EdgeConfig config() throws StartException {
    var ports =
        new Ports(
            port("--http-port", httpPort),
            port("--https-port", httpsPort),
            port("--quic-port", quicPort));
    if (nativeDirectory != null) {
      System.setProperty("io.netty.native.workdir", nativeDirectory.toString());
    }
    String name = edgeName == null ? randomName() : edgeName;
    check(name.matches("[A-Za-z0-9._-]{1,64}"), "--edge-name", "1 to 64 of A-Z a-z 0-9 . _ -");
    return new EdgeConfig(
        name,
        bindAddress(),
        ports,
        basePath(),
        quic.engine(),
        tls(),
        limits(),
        cluster.cluster(name),
        cluster.drain(),
        cluster.adminTokens(),
        access.config(),
        cluster.trustedProxies(),
        web.config(people.joins()));
  }

  /// Without a slash at its end.
  private String basePath() throws StartException {
    String path = basePath.replaceAll("/+$", "");
    check(path.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*"), "--base-path", "like /confab");
    return path;
  }

  private RoomLimits limits() throws StartException {
    check(!idleTimeout.isZero(), "--idle-timeout", "longer than nothing");
    RoomLimits.Draft it = LIMITS.draft();
    it.maxSessions = atLeastOne("--max-sessions", maxSessions);
    it.maxRooms = atLeastOne("--max-rooms", maxRooms);
    it.maxParticipants = atLeastOne("--max-participants", maxParticipants);
    it.createOnJoin = createOnJoin;
    it.idleTimeout = idleTimeout;
    it.resumeWindow = resumeWindow;
    it.forwarding = forwarding();
    it.allowedOrigins = web.origins();
    it.hosts = web.hosts();
    people.applyTo(it);
    return it.limits();
  }

  private Forwarding forwarding() throws StartException {
    check(loudest >= 0, "--loudest", "at least 0");
    check(
        !roundWindow.isNegative() && roundWindow.compareTo(MAX_ROUND_WINDOW) <= 0,
        "--round-window",
        "0ms to 60ms");
    return new Forwarding(loudest, atLeastOne("--loudest-from", loudestFrom), roundWindow);
  }

  private static int port(String option, int port) throws StartException {
    check(port >= 0 && port <= 65535, option, "0 to 65535");
    return port;
  }

  private static int atLeastOne(String option, int number) throws StartException {
    check(number >= 1, option, "at least 1");
    return number;
  }

  static void check(boolean right, String option, String allowed) throws StartException {
    if (!right) {
      throw new StartException("the value of " + option + " has to be " + allowed);
    }
  }

  private Optional<PemFiles> tls() throws StartException {
    if (tlsCertificate == null && tlsKey == null) {
      return Optional.empty();
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw new StartException("--tls-cert and --tls-key go together");
    }
    return Optional.of(new PemFiles(tlsCertificate, tlsKey));
  }

  private InetAddress bindAddress() throws StartException {
    if (bind == null) {
      return new InetSocketAddress(0).getAddress();
    }
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new StartException("--bind: '" + bind + "' is not an address of this machine");
    }
  }

  private static String randomName() {
    byte[] bits = new byte[3];
    new SecureRandom().nextBytes(bits);
    return "edge-" + HexFormat.of().formatHex(bits);
  }
}
