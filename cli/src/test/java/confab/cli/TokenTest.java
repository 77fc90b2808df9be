package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import confab.access.TokenKeys;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.access.AccessConfig;
import confab.edge.admin.AdminTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tokens on the command line, from making one to entering by it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TokenTest {
  private static final String KEY = "main=a secret that is as long as the hash is";

  @TempDir Path folder;
  private Path keys;
  private String out = "";
  private String err = "";

  @BeforeEach
  void writeKeys() throws Exception {
    keys = Files.writeString(folder.resolve("keys"), KEY);
  }

  private int run(String... args) {
    var toOut = new ByteArrayOutputStream();
    var toErr = new ByteArrayOutputStream();
    int code =
        Main.run(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(toOut, true, StandardCharsets.UTF_8),
            new PrintStream(toErr, true, StandardCharsets.UTF_8),
            args);
    out = toOut.toString(StandardCharsets.UTF_8);
    err = toErr.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String create(String... options) {
    List<String> args = new ArrayList<>(List.of("token", "create", "--key-file", keys.toString()));
    args.addAll(List.of(options));
    assertThat(run(args.toArray(String[]::new))).as(err).isZero();
    assertThat(out.lines()).hasSize(1);
    return out.strip();
  }

  @Test
  void whatIsCreatedIsShownAndVerified() {
    String token = create("--room=team-*", "--user=ann", "--grant=join,chat", "--expires=90m");
    assertThat(run("token", "inspect", token)).isZero();
    assertThat(out).contains("\"room\": \"team-*\"", "\"sub\": \"ann\"", "\"chat\"", "HS256");
    assertThat(run("token", "verify", "--key-file", keys.toString(), token)).isZero();
    assertThat(out).startsWith("good for team-* as ann until ").contains("join, chat");
    assertThat(run("token", "verify", "--key", KEY, "https://meet.example/meeting/a#t=" + token))
        .isZero();
    assertThat(run("token", "verify", "--key", KEY.replace("hash", "mash"), token)).isEqualTo(1);
    assertThat(err.strip()).endsWith("the token is signed by no key that is known");
    assertThat(err).doesNotContain(token);
  }

  @Test
  void whatATokenSaysBesidesIsCreatedAndTold() {
    String token =
        create(
            "--room=weekly",
            "--room-name=Weekly of the team",
            "--user=ann",
            "--name=Ann",
            "--attribute=role=speaker",
            "--attribute=motto=1 + 1 = 2",
            "--grant=join,create",
            "--max-bitrate=64k",
            "--sessions=2");
    assertThat(run("token", "verify", "--key-file", keys.toString(), token)).as(err).isZero();
    assertThat(out.lines().skip(1))
        .containsExactly(
            "room name: Weekly of the team",
            "name: Ann",
            "attribute motto: 1 + 1 = 2",
            "attribute role: speaker",
            "media: at most 64000 bits/s",
            "sessions at once: at most 2");
    assertThat(out.lines().findFirst().orElseThrow()).endsWith(": join, create");
    String plain = create("--room=team-*");
    assertThat(run("token", "verify", "--key-file", keys.toString(), plain)).isZero();
    assertThat(out.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --room=team-* --room-name=Team  | --room-name goes with one room, not with several
          --room=* --room-name=Team       | --room-name goes with one room, not with several
          --room=a --room-name=           | --room-name: A name needs a character
          --room=a --name=                | --name: A name needs a character
          --room=a --user=a/b             | --user: 'a/b' is no user id
          --room=a --attribute=role       | --attribute must be like role=speaker
          --room=a --attribute=role=      | --attribute: The text of an attribute needs
          --room=a --attribute==x         | --attribute: The name of an attribute has
          --room=a --attribute=a=b --attribute=a=c | --attribute: 'a' is there twice
          --room=a --max-bitrate=0        | '0' is no bit rate such as 64k
          --room=a --max-bitrate=-1       | '-1' is no bit rate such as 64k
          --room=a --max-bitrate=fast     | 'fast' is no bit rate such as 64k
          --room=a --sessions=0           | --sessions must be 1 or more
          --room=a --sessions=few         | 'few' is not an int
          --room=a --grant=fly            | 'fly' is no right
          """)
  void whatNoTokenSaysIsOneClearLine(String options, String line) {
    String[] create = {"token", "create", "--key-file", keys.toString()};
    assertThat(run(with(create, options.split(" ")))).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err.lines()).singleElement().asString().startsWith("confab: ").contains(line);
  }

  @Test
  void tokensOfAnIssuerAreVerifiedByItsPublicKeys() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("its").generate();
    Path jwks = Files.writeString(folder.resolve("jwks"), new JWKSet(key).toString());
    String token = signed(key, "https://id.example");
    String[] verify = {"token", "verify", "--jwks=" + jwks, "--issuer=https://id.example"};
    assertThat(run(with(verify, token))).as(err).isZero();
    assertThat(out).startsWith("good for demo as anybody until ");
    assertThat(run(with(verify, signed(key, "https://evil.example")))).isEqualTo(1);
    assertThat(err.strip()).endsWith("the token is signed by no key that is known");
    assertThat(run(with(verify, "--audience=meetings", token))).isEqualTo(1);
    assertThat(err.strip()).endsWith("the token is for something else");
    assertThat(run(with(verify, create("--room=demo")))).isEqualTo(1);
    assertThat(run(with(verify, "--key-file=" + keys, create("--room=demo")))).as(err).isZero();

    assertThat(run("token", "verify", token)).isEqualTo(2);
    assertThat(err.strip()).endsWith("--key, --key-file or --jwks is missing");
    assertThat(run("token", "verify", "--jwks=" + jwks, token)).isEqualTo(2);
    assertThat(run("token", "verify", "--issuer=https://id.example", token)).isEqualTo(2);
    assertThat(err.strip()).endsWith("--jwks and --issuer go together, and --audience with them");
    assertThat(run("token", "verify", "--issuer=a", "--jwks=/nowhere", token)).isEqualTo(2);
    assertThat(err).contains("--jwks: cannot read /nowhere");
    assertThat(run("token", "verify", "--issuer=a", "--jwks=" + keys, token)).isEqualTo(2);
    assertThat(err.strip()).endsWith("this is no JWK set");
  }

  private static String signed(ECKey key, String issuer) throws Exception {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .claim("room", "demo")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    var jwt = new SignedJWT(header, claims.build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  @Test
  void whatCannotBeIsWrongUsage() {
    String file = keys.toString();
    assertThat(run("token")).isEqualTo(2);
    assertThat(run("token", "create", "--room=demo")).isEqualTo(2);
    assertThat(err).contains("--key or --key-file is missing");
    assertThat(run("token", "create", "--key=main=short", "--room=demo")).isEqualTo(2);
    assertThat(err).doesNotContain("main=short");
    assertThat(run("token", "create", "--key-file", file, "--room=De mo")).isEqualTo(2);
    assertThat(run("token", "create", "--key-file", file, "--room=a", "--user=a b")).isEqualTo(2);
    assertThat(run("token", "create", "--key-file", file, "--room=a", "--grant=fly")).isEqualTo(2);
    assertThat(run("token", "create", "--key-file", file, "--room=a", "--expires=10000h"))
        .isEqualTo(2);
    assertThat(err).contains("400 days");
    assertThat(run("token", "inspect", "nonsense")).isEqualTo(2);
    assertThat(run("stream", "--token-file", "/nowhere", "--tone=1000", "--room=a", "--user=a"))
        .isEqualTo(2);
    assertThat(err).contains("--token-file: cannot read /nowhere");
  }

  @Test
  void robotsEnterByTheTokenOfAnOptionAFileOrALink() throws Exception {
    var access = AccessConfig.byTokens(TokenKeys.parse(List.of(KEY)));
    try (Edge edge = Edge.start(EdgeConfig.onLoopback().withAccess(access))) {
      InetSocketAddress address = edge.httpAddress();
      String url = "http://127.0.0.1:" + address.getPort();
      String token = create("--room=demo", "--user=robot");
      Path file = Files.writeString(folder.resolve("token"), token + "\n");

      String[] stream = {
        "stream", "--tone=1000", "--duration=100ms", "--room=demo", "--user=robot"
      };
      assertThat(run(with(stream, "--url=" + url))).isEqualTo(1);
      assertThat(err).contains("A token is needed. (unauthorized)");
      assertThat(run(with(stream, "--url=" + url, "--token=" + token))).as(err).isZero();
      assertThat(run(with(stream, "--url=" + url, "--token-file=" + file))).as(err).isZero();
      String link = url + "/meeting/robot/demo#t=" + token;
      assertThat(run("stream", "--tone=1000", "--duration=100ms", "--url=" + link))
          .as(err)
          .isZero();
      assertThat(run(with(stream, "--url=" + url, "--token=" + token, "--user=other"))).isNotZero();
    }
  }

  @Test
  void whatIsTakenBackLetsNobodyIn() throws Exception {
    Path admin = Files.writeString(folder.resolve("admin"), "the token of an operator\n");
    var access = AccessConfig.byTokens(TokenKeys.parse(List.of(KEY)));
    var config =
        EdgeConfig.onLoopback()
            .withAccess(access)
            .withAdminTokens(AdminTokens.of("the token of an operator"));
    try (Edge edge = Edge.start(config)) {
      String url = "--url=http://127.0.0.1:" + edge.httpAddress().getPort();
      String token = create("--room=demo");
      run("token", "inspect", token);
      String id = out.replaceAll("(?s).*\"jti\": \"([^\"]+)\".*", "$1");
      String[] stream = {"stream", "--tone=1000", "--duration=100ms", "--room=demo", url};
      assertThat(run(with(stream, "--user=ann", "--token=" + token))).as(err).isZero();

      String[] revoke = {"token", "revoke", url};
      assertThat(run(with(revoke, "--jti=" + id))).isEqualTo(1);
      assertThat(err).contains("An admin token is needed.");
      assertThat(run(with(revoke, "--jti=" + id, "--admin-token-file=" + admin))).as(err).isZero();
      assertThat(run(with(stream, "--user=ann", "--token=" + token))).isEqualTo(1);
      assertThat(err).contains("The token was taken back. (unauthorized)");

      String other = create("--room=demo");
      assertThat(run(with(stream, "--user=bob", "--token=" + other))).as(err).isZero();
      assertThat(run(with(revoke, "--user=bob", "--admin-token-file=" + admin))).isZero();
      assertThat(run(with(stream, "--user=bob", "--token=" + other))).isEqualTo(1);
      assertThat(run(with(revoke, "--admin-token-file=" + admin))).isEqualTo(2);
      assertThat(run(with(revoke, "--jti=a", "--user=b"))).isEqualTo(2);
      assertThat(run(with(revoke, "--jti=a", "--before=2026-12-01T10:00:00Z"))).isEqualTo(2);
      assertThat(run(with(revoke, "--user=a", "--before=tomorrow"))).isEqualTo(2);
      assertThat(run("token", "revoke", "--jti=a", "--url=http://127.0.0.1:1")).isEqualTo(1);
      assertThat(err).contains("cannot reach http://127.0.0.1:1 (connection refused)");
      assertThat(run("token", "revoke", "--jti=a", "--url=http://my_host.invalid")).isEqualTo(1);
      assertThat(err).contains("cannot reach http://my_host.invalid (unknown host)");
      assertThat(run("token", "revoke", "--jti=a", "--admin-token-file=/nowhere")).isEqualTo(2);
      assertThat(err).contains("--admin-token-file: cannot read /nowhere");
      assertThat(run("token", "revoke", "--jti=a", "--url=foo")).isEqualTo(2);
      assertThat(run(with(stream, "--user=bob", "--token-url=foo"))).isEqualTo(2);
      assertThat(run(with(stream, "--user=bob", "--token-url=http://127.0.0.1:1/"))).isEqualTo(1);
      assertThat(err).contains("no token from http://127.0.0.1:1/ (");
    }
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
