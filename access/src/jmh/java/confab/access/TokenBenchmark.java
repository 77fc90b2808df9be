package confab.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Checking a token, beside what the library alone takes to read it, check its signature and read
/// its claims.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the setup first
public class TokenBenchmark {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String ISSUER = "https://id.example";

  @Param({"HS256", "RS256", "ES256"})
  public String algorithm;

  private String token;
  private JWSVerifier alone;
  private TokenVerifier forgetful;
  private TokenVerifier verifier;

  @Setup
  public void make() throws Exception {
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("key").generate();
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("key").generate();
    JWSSigner signer;
    String set;
    switch (algorithm) {
      case "RS256" -> {
        signer = new RSASSASigner(rsa);
        alone = new RSASSAVerifier(rsa);
        set = new JWKSet(rsa).toString();
      }
      case "ES256" -> {
        signer = new ECDSASigner(ec);
        alone = new ECDSAVerifier(ec);
        set = new JWKSet(ec).toString();
      }
      default -> {
        signer = new MACSigner(SECRET);
        alone = new MACVerifier(SECRET);
        set = new JWKSet(ec).toString();
      }
    }
    String by = algorithm.equals("HS256") ? "key" : ISSUER;
    var header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("key").build();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(by)
            .subject("ann")
            .claim("room", "standup")
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plus(Duration.ofDays(1))))
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    token = jwt.serialize();
    forgetful = verifier(PublicKeys.parse(set, 0));
    verifier = verifier(PublicKeys.parse(set));
  }

  private static TokenVerifier verifier(PublicKeys keys) {
    TokenKeys secrets = TokenKeys.parse(List.of("key=" + SECRET));
    return new TokenVerifier(
        () -> secrets,
        Optional.of(new TokenIssuer(ISSUER, _ -> keys)),
        Duration.ofMinutes(1),
        InstantSource.system());
  }

  /// The library alone.
  @Benchmark
  public JWTClaimsSet library() throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    if (!jwt.verify(alone)) {
      throw new IllegalStateException("not signed");
    }
    return jwt.getJWTClaimsSet();
  }

  /// By an edge that has not seen it.
  @Benchmark
  public AccessToken first() {
    return good(forgetful);
  }

  /// By an edge that has.
  @Benchmark
  public AccessToken again() {
    return good(verifier);
  }

  private AccessToken good(TokenVerifier verifier) {
    if (verifier.verify(token) instanceof TokenVerifier.Verdict.Good(AccessToken good)) {
      return good;
    }
    throw new IllegalStateException("not good");
  }
}
