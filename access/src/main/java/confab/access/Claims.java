package confab.access;

import com.nimbusds.jwt.JWTClaimsSet;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Attributes;
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
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an [AccessToken] stands in the claims of a JWT. Reading and writing stand side by side here.
///
/// Rights are in one claim, `grants`: `publish` is a list, limits are numbers, the others are true
/// or false. Without that claim the bearer may what everybody may where nobody is asked for a
/// token. What is not known there allows nothing and denies nothing; a limit that cannot be read is
/// no token, since to pass it over would allow more.
final class Claims {
  private static final String ROOM = "room";
  private static final String NAME = "name";
  private static final String GRANTS = "grants";
  private static final String PUBLISH = "publish";
  private static final String MAX_BITRATE = "maxBitrate";
  private static final String SESSIONS = "sessions";
  private static final String ATTRIBUTES = "attributes";
  private static final String ROOM_NAME = "roomName";

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
    claims.claim(GRANTS, grants(token.grant()));
    if (!token.grant().attributes().values().isEmpty()) {
      claims.claim(ATTRIBUTES, token.grant().attributes().values());
    }
    token.roomName().ifPresent(name -> claims.claim(ROOM_NAME, name.value()));
    return claims.build();
  }

  private static Map<String, Object> grants(Grant grant) {
    Set<Right> rights = grant.rights();
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
    grant.maxBitrate().ifPresent(limit -> grants.put(MAX_BITRATE, limit));
    grant.sessions().ifPresent(limit -> grants.put(SESSIONS, limit));
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
    @Nullable Map<String, Object> grants = claims.getJSONObjectClaim(GRANTS);
    Set<Right> rights = grants == null ? EnumSet.complementOf(BY_REQUEST) : rights(grants);
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
            issued == null ? Instant.EPOCH : issued.toInstant(),
            attributes(claims.getJSONObjectClaim(ATTRIBUTES)),
            limit(grants, MAX_BITRATE),
            limit(grants, SESSIONS)),
        Optional.ofNullable(claims.getStringClaim(ROOM_NAME)).map(Claims::roomName));
  }

  private static DisplayName roomName(String text) {
    DisplayName.fault(text)
        .ifPresent(
            _ -> {
              throw new IllegalArgumentException("the token's name for the room is none");
            });
    return new DisplayName(text);
  }

  private static Attributes attributes(@Nullable Map<String, Object> claim) {
    if (claim == null) {
      return Attributes.NONE;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    claim.forEach((name, value) -> texts.put(name, value instanceof String text ? text : ""));
    if (Attributes.fault(texts).isPresent()) {
      throw new IllegalArgumentException(
          "the token's attributes are not "
              + Attributes.MAX_ENTRIES
              + " texts at most, of "
              + Attributes.MAX_BYTES
              + " bytes in all");
    }
    return Attributes.of(texts);
  }

  /// More than an edge can count is as good as no limit.
  private static OptionalInt limit(@Nullable Map<String, Object> grants, String name) {
    if (grants == null || !grants.containsKey(name)) {
      return OptionalInt.empty();
    }
    Object claim = grants.get(name);
    if (claim instanceof Long || claim instanceof Integer) {
      long number = ((Number) claim).longValue();
      if (number > 0) {
        return OptionalInt.of((int) Math.min(number, Integer.MAX_VALUE));
      }
    }
    throw new IllegalArgumentException("the token's '" + name + "' is no positive integer");
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
