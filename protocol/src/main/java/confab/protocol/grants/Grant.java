package confab.protocol.grants;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/// What somebody may do in a room, and until when. Immutable.
///
/// @param rights those that the token names; what is allowed is for [#allows] to say
/// @param expires [#NEVER] when it does not end by itself; whole milliseconds
/// @param token names the token that it comes from (`jti`), by which it may be taken back; empty
///     for none
/// @param issued when that token was made; [Instant#EPOCH] when it does not say; whole milliseconds
/// @param attributes what everybody is told of the bearer
/// @param maxBitrate bits of media a second that the bearer may publish, positive; empty for as
///     many as everybody may
/// @param sessions how many sessions the user may have in a room at once, on all edges, positive;
///     empty for any number
/// @param verified whether that token names the user
public record Grant(
    Set<Right> rights,
    Instant expires,
    String token,
    Instant issued,
    Attributes attributes,
    OptionalInt maxBitrate,
    OptionalInt sessions,
    boolean verified) {
  /// The last moment that every form of a grant can tell.
  public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /// Where nobody is asked for a token, and none was shown.
  public static final Grant OPEN =
      new Grant(EnumSet.range(Right.JOIN, Right.NAME), NEVER, "", Instant.EPOCH);

  /// Nobody could tell from whom it comes.
  private static final Set<Right> NOT_FOR_THE_HIDDEN =
      Set.copyOf(EnumSet.range(Right.AUDIO, Right.REACTIONS));

  public Grant {
    // Tokens are checked all the time: an EnumSet costs a tenth of what Set.copyOf does.
    EnumSet<Right> copy = EnumSet.noneOf(Right.class);
    copy.addAll(rights);
    rights = Collections.unmodifiableSet(copy);
    maxBitrate.ifPresent(Grant::checkPositive);
    sessions.ifPresent(Grant::checkPositive);
  }

  /// One that says nothing but rights.
  public Grant(Set<Right> rights, Instant expires, String token, Instant issued) {
    this(rights, expires, token, issued, Attributes.NONE, OptionalInt.empty(), OptionalInt.empty());
  }

  /// One of a token that names no user.
  public Grant(
      Set<Right> rights,
      Instant expires,
      String token,
      Instant issued,
      Attributes attributes,
      OptionalInt maxBitrate,
      OptionalInt sessions) {
    this(rights, expires, token, issued, attributes, maxBitrate, sessions, false);
  }

  private static void checkPositive(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a limit is positive");
    }
  }

  public Grant withAttributes(Attributes next) {
    return new Grant(rights, expires, token, issued, next, maxBitrate, sessions, verified);
  }

  public Grant withMaxBitrate(int next) {
    OptionalInt bitrate = OptionalInt.of(next);
    return new Grant(rights, expires, token, issued, attributes, bitrate, sessions, verified);
  }

  public Grant withSessions(int next) {
    OptionalInt most = OptionalInt.of(next);
    return new Grant(rights, expires, token, issued, attributes, maxBitrate, most, verified);
  }

  /// The token names its bearer.
  public Grant withVerified() {
    return new Grant(rights, expires, token, issued, attributes, maxBitrate, sessions, true);
  }

  /// Whoever is hidden says nothing, whatever else their token grants.
  public boolean allows(Right right) {
    return rights.contains(right) && !(isHidden() && NOT_FOR_THE_HIDDEN.contains(right));
  }

  /// Whether the bearer is not shown to the others.
  public boolean isHidden() {
    return rights.contains(Right.HIDDEN);
  }

  public boolean hasEnded(Instant now) {
    return !now.isBefore(expires);
  }

  public confab.protocol.wire.Grant toWire() {
    int bits = 0;
    for (Right right : rights) {
      bits |= right.mask();
    }
    return confab.protocol.wire.Grant.newBuilder()
        .setRights(bits)
        .setExpires(expires.toEpochMilli())
        .setToken(token)
        .setIssued(issued.toEpochMilli())
        .putAllAttributes(attributes.values())
        .setMaxBitrate(maxBitrate.orElse(0))
        .setSessions(sessions.orElse(0))
        .setVerified(verified)
        .build();
  }

  /// Rights that this version does not know are left out.
  ///
  /// @throws IllegalArgumentException when no edge writes such a one
  public static Grant fromWire(confab.protocol.wire.Grant wire) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Right right : Right.values()) {
      if ((wire.getRights() & right.mask()) != 0) {
        rights.add(right);
      }
    }
    return new Grant(
        rights,
        Instant.ofEpochMilli(wire.getExpires()),
        wire.getToken(),
        Instant.ofEpochMilli(wire.getIssued()),
        Attributes.of(wire.getAttributesMap()),
        limit(wire.getMaxBitrate()),
        limit(wire.getSessions()),
        wire.getVerified());
  }

  /// A limit as it stands in messages, where 0 is none.
  public static OptionalInt limit(int wire) {
    return wire == 0 ? OptionalInt.empty() : OptionalInt.of(wire);
  }
}
