package confab.protocol.grants;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/// What somebody may do in a room, and until when. Immutable.
///
/// @param expires [#NEVER] when it does not end by itself; whole milliseconds
/// @param token names the token that it comes from (`jti`), by which it may be taken back; empty
///     for none
/// @param issued when that token was made; [Instant#EPOCH] when it does not say; whole milliseconds
public record Grant(Set<Right> rights, Instant expires, String token, Instant issued) {
  /// The last moment that every form of a grant can tell.
  public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /// Where nobody is asked for a token.
  public static final Grant OPEN =
      new Grant(EnumSet.range(Right.JOIN, Right.NAME), NEVER, "", Instant.EPOCH);

  public Grant {
    rights = Set.copyOf(rights);
  }

  public boolean allows(Right right) {
    return rights.contains(right);
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
        .build();
  }

  /// Rights that this version does not know are left out.
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
        Instant.ofEpochMilli(wire.getIssued()));
  }
}
