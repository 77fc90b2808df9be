package confab.access;

import com.nimbusds.jwt.JWTClaimsSet;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.protocol.revocations.Revocation;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How an [AccessToken] stands in the claims of a JWT. Reading and writing stand side by side here.
///
/// Rights are in one claim, `grants`: `publish` is a list, the others are true or false. Without
/// that claim the bearer may what everybody may where nobody is asked for a token. What is not
/// known there allows nothing and denies nothing.
final class Claims {
  private static final String ROOM = "room";
  private static final String NAME = "name";
  private static final String GRANTS = "grants";
  private static final String PUBLISH = "publish";

  /// Those of the list `publish`; the others stand for themselves.
  private static final Set<Right> PUBLISHED = EnumSet.range(Right.AUDIO, Right.REACTIONS);

  /// What nobody has who is not said to. Whose token names them keeps that name.
  private static final EnumSet<Right> BY_REQUEST = EnumSet.range(Right.NAME, Right.ADMIN);

  private Claims() {}

  static JWTClaimsSet write(AccessToken token, String kid, Instant now) {
    var claims = new JWTClaimsSet.Builder();
    claims.issuer(kid);
    token.user().ifPresent(user -> claims.subject(user.value()));
    claims.claim(ROOM, token.rooms().text());
    token.name().ifPresent(name -> claims.claim(NAME, name.value()));
    claims.issueTime(Date.from(now));
    claims.notBeforeTime(Date.from(now));
    claims.expirationTime(Date.from(token.grant().expires()));
    claims.jwtID(token.grant().token());
    claims.claim(GRANTS, grants(token.grant().rights()));
    return claims.build();
  }

  private static Map<String, Object> grants(Set<Right> rights) {
    Map<String, Object> grants = new LinkedHashMap<>();
    List<String> publish = new ArrayList<>();
    for (Right right : Right.values()) {
      if (rights.contains(right) && PUBLISHED.contains(right)) {
        publish.add(right.label());
      } else if (rights.contains(right)) {
        grants.put(right.label(), true);
      }
    }
    grants.put(PUBLISH, publish);
    return grants;
  }

  /// @param ends what it grants
  /// @throws ParseException when a claim has another form than it should
  /// @throws IllegalArgumentException with one line for a person when its content cannot be
  static AccessToken read(JWTClaimsSet claims, Instant ends) throws ParseException {
    String room = claims.getStringClaim(ROOM);
    String name = claims.getStringClaim(NAME);
    String user = claims.getSubject();
    String id = claims.getJWTID();
    Date issued = claims.getIssueTime();
    if (id != null && !id.isEmpty() && !Revocation.isId(id)) {
      throw new IllegalArgumentException("the token's id could not be taken back");
    }
    if (room == null) {
      throw new IllegalArgumentException("the token names no room");
    }
    Set<Right> rights =
        claims.getClaim(GRANTS) == null
            ? EnumSet.complementOf(BY_REQUEST)
            : rights(claims.getJSONObjectClaim(GRANTS));
    if (name == null) {
      rights.add(Right.NAME);
    }
    return new AccessToken(
        new RoomPattern(room),
        Optional.ofNullable(user).map(UserId::new),
        Optional.ofNullable(name).map(DisplayName::new),
        new Grant(
            rights,
            ends,
            id == null ? "" : id,
            issued == null ? Instant.EPOCH : issued.toInstant()));
  }

  private static Set<Right> rights(Map<String, Object> grants) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    List<?> publish = grants.get(PUBLISH) instanceof List<?> list ? list : List.of();
    for (Right right : Right.values()) {
      boolean granted =
          PUBLISHED.contains(right)
              ? publish.contains(right.label())
              : Boolean.TRUE.equals(grants.get(right.label()));
      if (granted) {
        rights.add(right);
      }
    }
    return rights;
  }
}
