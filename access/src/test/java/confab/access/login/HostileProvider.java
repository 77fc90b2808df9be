package confab.access.login;

import com.google.gson.Gson;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A provider that says what a test tells it to say, which no real one does.
final class HostileProvider implements AutoCloseable {
  private static final Gson GSON = new Gson();

  private final RSAKey key = rsa();
  private final RSAKey strange = rsa();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);

  /// By path, what is answered instead of what is right.
  final Map<String, String> answers = new HashMap<>();

  /// Paths at which nothing is answered.
  volatile String silent = "";

  volatile IdToken idToken = (claims, provider) -> provider.sign(claims.build());

  /// Makes the ID token of a login.
  interface IdToken {
    String make(JWTClaimsSet.Builder right, HostileProvider provider) throws JOSEException;
  }

  private volatile String nonce = "";

  private HostileProvider(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(silent)) {
              end.await();
            }
            byte[] body = answers.getOrDefault(path, right(path)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          } catch (JOSEException e) {
            throw new IOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  static HostileProvider start(int port) throws IOException {
    return new HostileProvider(port);
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The address at which somebody comes back who was sent `there`.
  URI back(URI there) {
    Map<String, String> asked = new HashMap<>();
    for (String pair : there.getQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      asked.put(parts[0], parts[1]);
    }
    nonce = asked.getOrDefault("nonce", "");
    return URI.create(asked.get("redirect_uri") + "?code=a-code&state=" + asked.get("state"));
  }

  private String right(String path) throws JOSEException {
    return switch (path) {
      case "/.well-known/openid-configuration" ->
          GSON.toJson(
              Map.of(
                  "issuer",
                  issuer().toString(),
                  "authorization_endpoint",
                  issuer() + "/authorize",
                  "token_endpoint",
                  issuer() + "/token",
                  "userinfo_endpoint",
                  issuer() + "/userinfo",
                  "jwks_uri",
                  issuer() + "/keys",
                  "response_types_supported",
                  new String[] {"code"},
                  "subject_types_supported",
                  new String[] {"public"},
                  "id_token_signing_alg_values_supported",
                  new String[] {"RS256"}));
      case "/keys" -> new JWKSet(key.toPublicJWK()).toString();
      case "/token" ->
          GSON.toJson(
              Map.of(
                  "access_token", "an-access-token",
                  "token_type", "Bearer",
                  "id_token", idToken.make(claims(), this)));
      case "/userinfo" -> GSON.toJson(Map.of("sub", "the subject", "name", "Ann"));
      default -> "{}";
    };
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer().toString())
        .subject("the subject")
        .audience("confab")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("nonce", nonce);
  }

  String sign(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, key);
  }

  /// By a key that is not among those that are told.
  String signStrangely(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, new RSAKey.Builder(strange).keyID(key.getKeyID()).build());
  }

  private static String sign(JWTClaimsSet claims, RSAKey by) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new RSASSASigner(by));
    return jwt.serialize();
  }

  RSAKey publicKey() {
    return key.toPublicJWK();
  }

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
