package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.bus.NatsConfig;
import confab.edge.EdgeConfig.Ports;
import confab.edge.access.AccessConfig.Issuer;
import confab.edge.access.AccessConfig.KeySet;
import confab.edge.admin.AdminTokens;
import confab.edge.http.TrustedProxies;
import confab.frames.Rate;
import confab.protocol.Version;
import confab.room.limits.TextLimits;
import confab.webtransport.QuicEngine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

/// From command line, environment and file to a configuration, or to one clear line.
class ServeCommandTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  /// Runs the command to its end, which comes only when it cannot start.
  private Ended run(Map<String, String> environment, String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        ServeCommand.run(
            args,
            environment,
            new Signals(),
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return new Ended(code, out.toString(), err.toString());
  }

  private void refusesWith(String line, Ended ended) {
    assertThat(ended.err()).isEqualTo("confab: " + line + "\n");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
  }

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("confab.properties"), content);
  }

  private static EdgeConfig config(Map<String, String> environment, String... args)
      throws StartException {
    return ServeCommand.parse(args, environment).toConfig();
  }

  @Test
  void withoutOptionsEverythingHasItsDefault() throws Exception {
    EdgeConfig config = config(Map.of());
    assertThat(config.ports()).isEqualTo(new Ports(8080, 8443, 4433));
    assertThat(config.bind().isAnyLocalAddress()).isTrue();
    assertThat(config.tls()).isEmpty();
    assertThat(config.limits()).isEqualTo(confab.room.RoomLimits.defaults());
    assertThat(config.name()).matches("edge-[0-9a-f]{6}");
    assertThat(config.quic()).isEqualTo(QuicEngine.preferred());
  }

  @Test
  void theEngineMayBeChosen() throws Exception {
    assertThat(config(Map.of(), "--quic", "kwik").quic()).isEqualTo(QuicEngine.KWIK);
    assertThat(config(Map.of("CONFAB_QUIC", "netty")).quic()).isEqualTo(QuicEngine.NETTY);
    refusesWith(
        "Invalid value for option '--quic': expected one of [auto, kwik, netty] (case-sensitive)"
            + " but was 'quiche'",
        run(Map.of(), "--quic", "quiche"));
  }

  @Test
  void theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    String file = file("http-port=1\nhttps-port=2\nquic-port=3\nmax-rooms=4\n").toString();
    var environment =
        Map.of("CONFAB_HTTP_PORT", "11", "CONFAB_HTTPS_PORT", "12", "CONFAB_MAX_ROOMS", "");
    EdgeConfig config = config(environment, "--config", file, "--http-port", "21");
    assertThat(config.ports()).isEqualTo(new Ports(21, 12, 3));
    assertThat(config.limits().maxRooms()).isEqualTo(4);
  }

  @Test
  void theFileMayComeFromTheEnvironment() throws Exception {
    var environment = Map.of("CONFAB_CONFIG", file("http-port = 77").toString());
    assertThat(config(environment).ports().http()).isEqualTo(77);
  }

  @Test
  void everyOptionFindsItsWayIntoTheConfiguration() throws Exception {
    var environment = new HashMap<String, String>();
    environment.put("CONFAB_ALLOW_ORIGIN", "https://a.example,https://b.example:8443");
    environment.put("CONFAB_CREATE_ON_JOIN", "false");
    String[] args =
        ("--bind 127.0.0.1 --max-sessions 5 --max-rooms 6 --max-participants 7"
                + " --frames-per-second 50 --bytes-per-second 100 --requests-per-second 0.5"
                + " --text-per-second 1000 --room-text-per-second 500 --renames-per-minute 60"
                + " --sessions-per-address 9 --empty-rooms-per-address 8"
                + " --connects-per-second 3 --rooms-per-minute 60 --idle-timeout 500ms"
                + " --edge-name north-1 --tls-cert c.pem --tls-key k.pem")
            .split(" ");
    EdgeConfig config = config(environment, args);
    var limits = config.limits();
    assertThat(config.bind().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(config.name()).isEqualTo("north-1");
    assertThat(config.tls()).contains(new EdgeConfig.PemFiles(Path.of("c.pem"), Path.of("k.pem")));
    assertThat(limits.maxSessions()).isEqualTo(5);
    assertThat(limits.maxRooms()).isEqualTo(6);
    assertThat(limits.maxParticipants()).isEqualTo(7);
    assertThat(limits.createOnJoin()).isFalse();
    assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(limits.media().frames()).isEqualTo(new Rate(50, 100));
    assertThat(limits.media().bytes()).isEqualTo(new Rate(100, 1200));
    assertThat(limits.requests()).isEqualTo(new Rate(0.5, 2));
    assertThat(limits.texts().person()).isEqualTo(new Rate(1_000, 16_000));
    assertThat(limits.texts().room()).isEqualTo(new Rate(500, TextLimits.LONGEST));
    assertThat(limits.renames()).isEqualTo(new Rate(1, 50));
    assertThat(limits.emptyRoomsPerAddress()).isEqualTo(8);
    assertThat(limits.sessionsPerAddress()).isEqualTo(9);
    assertThat(limits.connects()).isEqualTo(new Rate(3, 30));
    assertThat(limits.roomCreations()).isEqualTo(new Rate(1, 40));
    assertThat(limits.allowedOrigins()).hasToString("https://a.example,https://b.example:8443");
  }

  @Test
  void keysOfAnIssuerAreInAFileOrBehindAnAddress() throws Exception {
    String[] args = "--auth token --token-issuer me --token-jwks HTTPS://id.example/k".split(" ");
    assertThat(config(Map.of(), args).access().issuer())
        .contains(new Issuer("me", new KeySet.AtUrl(URI.create("HTTPS://id.example/k"))));
    args[5] = "https.json";
    assertThat(config(Map.of(), args).access().issuer())
        .contains(new Issuer("me", new KeySet.InFile(Path.of("https.json"))));
    String[] meant = (String.join(" ", args) + " --token-audience us").split(" ");
    assertThat(config(Map.of(), meant).access().issuer().orElseThrow().audience()).contains("us");
  }

  @Test
  void optionsOfAClusterFindTheirWayIntoTheConfiguration() throws Exception {
    String[] args =
        ("--nats nats://a:4222,tls://b --nats-user edge --nats-password secret --resume-key"
             + " 0123456789abcdef,fedcba9876543210 --advertise-url https://edge1.example:4433"
             + " --advertise-websocket-url wss://edge1.example/ws --trusted-proxy 127.0.0.1,::1"
             + " --admin-token 0123456789abcdef,fedcba9876543210 --drain-timeout 1m --drain-spread"
             + " 500ms --resume-window 10s --edge-name one")
            .split(" ");
    EdgeConfig config = config(Map.of(), args);
    EdgeConfig.Cluster cluster = config.cluster();
    var nats = cluster.nats().orElseThrow();
    assertThat(nats.servers())
        .extracting(URI::toString)
        .containsExactly("nats://a:4222", "tls://b");
    assertThat(nats.login()).isEqualTo(new NatsConfig.Login.UserPassword("edge", "secret"));
    assertThat(cluster.resumeKeys()).containsExactly("0123456789abcdef", "fedcba9876543210");
    assertThat(cluster.webTransportUrl()).contains(URI.create("https://edge1.example:4433/wt"));
    assertThat(cluster.webSocketUrl()).contains(URI.create("wss://edge1.example/ws"));
    assertThat(config.trustedProxies())
        .isEqualTo(
            TrustedProxies.at(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")));
    assertThat(config.adminTokens())
        .isEqualTo(AdminTokens.of("0123456789abcdef", "fedcba9876543210"));
    assertThat(config.drain())
        .isEqualTo(new EdgeConfig.Drain(Duration.ofMinutes(1), Duration.ofMillis(500)));
    assertThat(config.limits().resumeWindow()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatIsNoAddressOrSecretIsRefused() {
    refusesWith(
        "--nats: 'http://a' is not the address of a NATS server, like nats://host:4222",
        run(Map.of(), "--nats", "http://a"));
    refusesWith(
        "the value of --resume-key has to be at least 16 characters long",
        run(Map.of(), "--resume-key", "short"));
    refusesWith(
        "the value of --advertise-url has to be like https://host:port",
        run(Map.of(), "--advertise-url", "edge1:4433"));
  }

  @Test
  void repeatedOriginsAddUp() throws Exception {
    var config = config(Map.of(), "--allow-origin", "https://a", "--allow-origin", "https://b");
    assertThat(config.limits().allowedOrigins()).hasToString("https://a,https://b");
  }

  @Test
  void anUnknownOptionIsNamed() {
    refusesWith(
        "Unknown option: '--nonsense' (confab serve --help lists the options)",
        run(Map.of(), "--nonsense"));
    refusesWith(
        "Unmatched argument at index 0: 'nonsense' (confab serve --help lists the options)",
        run(Map.of(), "nonsense"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http-port x        | Invalid value for option '--http-port': 'x' is not an int",
        "--http-port 65536    | the value of --http-port has to be 0 to 65535",
        "--quic-port -1       | the value of --quic-port has to be 0 to 65535",
        "--max-sessions 0     | the value of --max-sessions has to be at least 1",
        "--idle-timeout 8     | Invalid value for option '--idle-timeout': '8' is not a duration"
            + " such as 10s or 500ms",
        "--idle-timeout 0s    | the value of --idle-timeout has to be longer than nothing",
        "--frames-per-second 0| the value of --frames-per-second has to be above 0 and at most a"
            + " thousand million",
        "--bytes-per-second NaN|the value of --bytes-per-second has to be above 0 and at most a"
            + " thousand million",
        "--allow-origin evil  | the value of --allow-origin has to be like https://host:port or"
            + " https://*.host: evil",
        "--trusted-proxy 10.0.0.0/33| --trusted-proxy has to name addresses, ranges like"
            + " 10.0.0.0/8, or hosts: 10.0.0.0/33",
        "--proxy-header via   | the value of --proxy-header has to be x-forwarded-for or forwarded",
        "--edge-name a/b      | the value of --edge-name has to be 1 to 64 of A-Z a-z 0-9 . _ -",
        "--admin-token short  | the value of --admin-token has to be at least 16 characters long",
        "--admin-token-file /n| --admin-token-file: cannot read /n (NoSuchFileException)",
        "--auth token         | --auth token needs a --token-key, --token-key-file, --token-jwks or"
            + " --oidc-issuer",
        "--oidc-issuer https://id.example | --oidc-issuer and --oidc-client-id go together",
        "--oidc-issuer ftp://id.example --oidc-client-id a | the value of --oidc-issuer has to be"
            + " like https://login.example.org",
        "--oidc-issuer https://id.example --oidc-client-id a --oidc-client-secret-file /n |"
            + " --oidc-client-secret-file: cannot read /n (NoSuchFileException)",
        "--oidc-client-secret x | --oidc-client-secret needs an --oidc-issuer",
        "--link-lifetime 9999h | the value of --link-lifetime has to be 9600h at most",
        "--token-jwks k.json  | --token-jwks and --token-issuer go together",
        "--token-issuer me    | --token-jwks and --token-issuer go together",
        "--token-audience us  | --token-audience goes with --token-jwks, and is not empty",
        "--token-issuer me --token-jwks https:keys | --token-jwks: an address has to be like"
            + " https://host/keys, with no password in it",
        "--token-issuer me --token-jwks https://a:b@c/ | --token-jwks: an address has to be like"
            + " https://host/keys, with no password in it",
        "--token-issuer me --token-jwks /n --auth token | --token-jwks: cannot read /n"
            + " (NoSuchFileException)",
        "--tls-cert c.pem     | --tls-cert and --tls-key go together",
        "--bind 999.1.1.1     | --bind: '999.1.1.1' is not an address of this machine",
      })
  void aValueThatCannotBeIsNamed(String args, String line) {
    refusesWith(line, run(Map.of(), args.strip().split(" ")));
  }

  @Test
  void aBadValueSaysWhereItStands() throws Exception {
    refusesWith(
        "Invalid value for option '--max-rooms': 'many' is not an int"
            + " (environment variable CONFAB_MAX_ROOMS)",
        run(Map.of("CONFAB_MAX_ROOMS", "many")));
    Path file = file("max-rooms=few");
    refusesWith(
        "Invalid value for option '--max-rooms': 'few' is not an int (configuration file "
            + file
            + ")",
        run(Map.of(), "--config", file.toString()));
  }

  @Test
  void anUnknownKeyOfTheFileIsNamed() throws Exception {
    Path file = file("htp-port=1");
    refusesWith(
        "configuration file " + file + ": unknown key 'htp-port'",
        run(Map.of(), "--config", file.toString()));
    file("config=other");
    refusesWith(
        "configuration file " + file + ": unknown key 'config'",
        run(Map.of("CONFAB_CONFIG", file.toString())));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path none = folder.resolve("none.properties");
    refusesWith(
        "configuration file " + none + ": there is no such file",
        run(Map.of(), "--config", none.toString()));
    Path broken = file("http-port=\\u00zz");
    assertThat(run(Map.of(), "--config", broken.toString()).code()).isEqualTo(2);
    assertThat(run(Map.of(), "--config", folder.toString()).code()).isEqualTo(2);
    assertThat(run(Map.of(), "--config").code()).isEqualTo(2);
  }

  @Test
  void whatTheEdgeCannotHaveIsOneLineToo() throws Exception {
    var loopback = EdgeConfig.onLoopback().bind();
    try (var tcp = new ServerSocket(0, 1, loopback);
        var udp = new DatagramSocket(0, loopback)) {
      String[] free = "--bind 127.0.0.1 --http-port 0 --https-port 0 --quic-port 0".split(" ");
      var noTcp = run(Map.of(), with(free, "--http-port", "" + tcp.getLocalPort()));
      var noUdp = run(Map.of(), with(free, "--quic-port", "" + udp.getLocalPort()));
      var noFile = run(Map.of(), with(free, "--tls-cert=/none.pem", "--tls-key=/none.pem"));
      assertThat(noTcp.err()).startsWith("confab: cannot listen on TCP port " + tcp.getLocalPort());
      assertThat(noUdp.err()).startsWith("confab: cannot listen on UDP port " + udp.getLocalPort());
      assertThat(noFile.err()).contains("/none.pem");
      for (Ended ended : new Ended[] {noTcp, noUdp, noFile}) {
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err().lines()).hasSize(1);
      }
    }
  }

  private static String[] with(String[] args, String... more) {
    return java.util.stream.Stream.of(args, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void helpListsEveryOption() {
    Ended ended = run(Map.of(), "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("--http-port", "--tls-cert", "--rooms-per-minute", "CONFAB_HTTP_PORT")
        .doesNotContain("null");
  }

  @Test
  void theVersionIsTold() {
    Ended ended = run(Map.of(), "--version");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().strip()).isEqualTo("confab " + Version.running());
  }

  @Test
  void helpTellsTheDefaultsThatHold() {
    var environment = Map.of("CONFAB_HTTP_PORT", "1", "CONFAB_FRAMES_PER_SECOND", "1");
    String help = run(environment, "--help").out().replaceAll("\\s+", " ");
    var defaults = confab.room.RoomLimits.defaults();
    assertThat(help)
        .contains("Default: " + Ports.DEFAULT.http() + ".")
        .contains("Sessions on this edge. Default: " + defaults.maxSessions() + ".")
        .contains("as 8s or 500ms. Default: " + defaults.idleTimeout().toSeconds() + "s.")
        .contains("with those of others. Default: 20ms.")
        .contains("Media frames of one publisher. Default: 120, 240 at once.")
        .contains("New rooms from one address. Default: 30, 20 at once.")
        .doesNotContain("{", "}");
  }

  @Test
  void operatorsReadOfEveryOptionWithItsDefault() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (OptionSpec option : ServeCommand.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        String[] parts = String.join("", option.description()).split("\\.? Default: ", 2);
        String value = parts.length < 2 ? "" : parts[1].replaceAll("\\.$", "");
        String name = option.longestName() + " " + option.paramLabel();
        String what = parts[0].replaceAll("\\.$", "");
        rows.add(List.of("`" + name.replace("|", "\\|") + "`", value, what));
      }
    }
    Operations.assertTable("options", List.of("option", "default", "what"), rows);
  }

  @Test
  void parsingAloneComplainsByException() {
    assertThatThrownBy(() -> config(Map.of(), "--config", "/none"))
        .isInstanceOf(StartException.class);
  }
}
