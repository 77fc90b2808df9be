package confab.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.SignedJWT;
import java.time.InstantSource;

/// Makes tokens by the first of some keys. Thread-safe.
public final class TokenMaker {
  private final TokenKeys keys;
  private final InstantSource clock;

  public TokenMaker(TokenKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// @throws IllegalArgumentException when the token would be good for longer than any may
  public String make(AccessToken token) {
    if (token.grant().expires().isAfter(clock.instant().plus(TokenVerifier.LONGEST))) {
      throw new IllegalArgumentException("a token may be good for 400 days at most");
    }
    String kid = keys.first();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(kid).build();
    var jwt = new SignedJWT(header, Claims.write(token, kid, clock.instant()));
    try {
      jwt.sign(new MACSigner(keys.of(kid).getFirst().bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has HS256", e);
    }
    return jwt.serialize();
  }
}
