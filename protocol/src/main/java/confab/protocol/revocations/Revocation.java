package confab.protocol.revocations;

import confab.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What was granted and is taken back: one token, or all that a user has from before. Immutable.
public sealed interface Revocation {
  /// The most that an id of a token may have.
  int MAX_ID_CHARS = 128;

  /// What any time here is before.
  Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /// Whether a token of this id can be taken back; a token without one is not named.
  static boolean isId(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_ID_CHARS
        && id.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(id);
  }

  private static void check(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("a time that cannot be meant");
    }
  }

  /// When it may be forgotten, since nothing that it concerns could be good any longer; whole
  /// milliseconds.
  Instant until();

  /// @param token its id (`jti`)
  record OfToken(String token, Instant until) implements Revocation {
    public OfToken {
      if (!isId(token)) {
        throw new IllegalArgumentException(
            "the id of a token has 1 to " + MAX_ID_CHARS + " characters, and no line breaks");
      }
      check(until);
    }
  }

  /// @param before tokens that were made before this are good no longer; whole milliseconds
  record OfUser(UserId user, Instant before, Instant until) implements Revocation {
    public OfUser {
      check(before);
      check(until);
    }
  }

  default confab.protocol.wire.Revocation toWire() {
    var wire = confab.protocol.wire.Revocation.newBuilder().setUntil(until().toEpochMilli());
    switch (this) {
      case OfToken(String token, Instant _) -> wire.setToken(token);
      case OfUser(UserId user, Instant before, Instant _) ->
          wire.setUser(user.value()).setBefore(before.toEpochMilli());
    }
    return wire.build();
  }

  /// @throws IllegalArgumentException when no edge writes such a one
  static Revocation fromWire(confab.protocol.wire.Revocation wire) {
    Instant until = Instant.ofEpochMilli(wire.getUntil());
    return wire.getUser().isEmpty()
        ? new OfToken(wire.getToken(), until)
        : new OfUser(new UserId(wire.getUser()), Instant.ofEpochMilli(wire.getBefore()), until);
  }
}
