package confab.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import confab.protocol.figures.Labelled;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks tokens (RFC 7519, RFC 8725): the algorithm is pinned, the key is looked up by its id and
/// never taken from the token, an end is demanded. Thread-safe.
public final class TokenVerifier {
  /// Longer ones are not looked at: a token has to go into one request.
  static final int MAX_CHARS = 4000;

  /// What a token is for, when it says so and its issuer has no other word for it.
  public static final String AUDIENCE = "confab";

  /// By which clocks may differ, unless an operator says otherwise.
  public static final Duration LEEWAY = Duration.ofSeconds(60);

  /// A token may not be good for longer, since so long has to be known that it was taken back.
  public static final Duration LONGEST = Duration.ofDays(400);

  /// Access tokens of OAuth 2.0 (RFC 9068), which have always public keys.
  private static final Set<JOSEObjectType> ACCESS_TOKENS =
      Set.of(new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

  private final Supplier<TokenKeys> keys;
  private final Optional<TokenIssuer> issuer;
  private final Duration leeway;
  private final InstantSource clock;

  /// What is found of a token.
  public sealed interface Verdict {
    record Good(AccessToken token) implements Verdict {}

    /// @param why one line for a person, with nothing that the token holds
    record Bad(Fault fault, String why) implements Verdict {}
  }

  /// What is wrong with a token.
  public enum Fault implements Labelled {
    /// None was shown.
    MISSING,
    /// No token, or one that asks for what is not done.
    MALFORMED,
    /// Signed by nobody who is known.
    FORGED,
    /// Not good yet.
    EARLY,
    /// Not good any more.
    EXPIRED,
    /// For something else.
    FOREIGN,
    /// Taken back.
    REVOKED;

    /// The name in metrics: `expired`.
    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param keys those that count now; asked for each token
  /// @param leeway by which clocks may differ
  public TokenVerifier(Supplier<TokenKeys> keys, Duration leeway, InstantSource clock) {
    this(keys, Optional.empty(), leeway, clock);
  }

  /// @param keys those that count now; asked for each token
  /// @param issuer whose tokens count besides those by `keys`
  /// @param leeway by which clocks may differ
  public TokenVerifier(
      Supplier<TokenKeys> keys,
      Optional<TokenIssuer> issuer,
      Duration leeway,
      InstantSource clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.leeway = leeway;
    this.clock = clock;
  }

  /// Never throws, whatever the text.
  public Verdict verify(String text) {
    if (text.length() > MAX_CHARS) {
      return new Verdict.Bad(Fault.MALFORMED, "the token is too long");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      if (!isUsual(jwt.getHeader())) {
        return new Verdict.Bad(Fault.MALFORMED, "the token asks for what no edge does");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return isSigned(jwt, claims)
          ? check(jwt, claims)
          : new Verdict.Bad(Fault.FORGED, "the token is signed by no key that is known");
    } catch (ParseException | JOSEException e) {
      return new Verdict.Bad(Fault.MALFORMED, "this is no token");
    } catch (IllegalArgumentException e) {
      return new Verdict.Bad(Fault.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /// Keys that come with a token prove nothing; what is critical there is not known.
  private boolean isUsual(JWSHeader header) {
    return isUsual(header.getAlgorithm())
        && isUsual(header.getType(), header)
        && header.getCriticalParams() == null
        && header.isBase64URLEncodePayload()
        && header.getContentType() == null
        && header.getJWK() == null
        && header.getJWKURL() == null
        && header.getX509CertURL() == null
        && header.getX509CertChain() == null;
  }

  private static boolean isBySecret(JWSHeader header) {
    return header.getAlgorithm().equals(JWSAlgorithm.HS256);
  }

  private static boolean isUsual(@Nullable JOSEObjectType type, JWSHeader header) {
    return type == null
        || type.equals(JOSEObjectType.JWT)
        || (ACCESS_TOKENS.contains(type) && !isBySecret(header));
  }

  private boolean isUsual(JWSAlgorithm algorithm) {
    return algorithm.equals(JWSAlgorithm.HS256)
        || (issuer.isPresent() && PublicKeys.ALGORITHMS.contains(algorithm));
  }

  /// The algorithm says which kind of key is looked up, so a public key is never a secret.
  private boolean isSigned(SignedJWT jwt, JWTClaimsSet claims) throws JOSEException {
    String kid = jwt.getHeader().getKeyID();
    String by = claims.getIssuer();
    return by != null
        && (isBySecret(jwt.getHeader())
            ? isSignedBySecret(jwt, kid, by)
            : isSignedByIssuer(jwt, kid, by));
  }

  /// Nobody makes an edge fetch keys by a token of somebody else.
  private boolean isSignedByIssuer(SignedJWT jwt, @Nullable String kid, String by)
      throws JOSEException {
    return kid != null
        && issuer.isPresent()
        && issuer.get().name().equals(by)
        && issuer.get().keys().apply(kid).signed(jwt);
  }

  private boolean isSignedBySecret(SignedJWT jwt, @Nullable String kid, String by)
      throws JOSEException {
    if (kid != null && !kid.equals(by)) {
      return false;
    }
    for (TokenKeys.Secret secret : keys.get().of(by)) {
      if (jwt.verify(secret.verifier())) {
        return true;
      }
    }
    return false;
  }

  private boolean isForUs(SignedJWT jwt, JWTClaimsSet claims) {
    List<String> audience = claims.getAudience();
    Optional<String> needed =
        isBySecret(jwt.getHeader()) ? Optional.empty() : issuer.flatMap(TokenIssuer::audience);
    return audience.isEmpty() ? needed.isEmpty() : audience.contains(needed.orElse(AUDIENCE));
  }

  private Verdict check(SignedJWT jwt, JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    if (!isForUs(jwt, claims)) {
      return new Verdict.Bad(Fault.FOREIGN, "the token is for something else");
    }
    if (expires == null || expires.toInstant().isAfter(now.plus(LONGEST))) {
      return new Verdict.Bad(Fault.MALFORMED, "the token does not end within 400 days");
    }
    Instant ends = expires.toInstant().plus(leeway);
    if (!now.isBefore(ends)) {
      return new Verdict.Bad(Fault.EXPIRED, "the token has expired");
    }
    if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
      return new Verdict.Bad(Fault.EARLY, "the token is not good yet");
    }
    return new Verdict.Good(Claims.read(claims, ends));
  }

  private boolean isAhead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(leeway));
  }
}
