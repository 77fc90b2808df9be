package confab.edge.access;

import confab.access.AccessToken;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Right;
import confab.room.Admission.Refused;
import confab.room.JoinRequest;
import confab.room.Rooms;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the bearer of a token may ask of the API. Thread-safe.
///
/// A token comes in the header `Authorization` only: addresses are logged by servers and proxies on
/// the way.
public final class TokenCheck {
  private final TokenInspector inspector;
  private final Rooms rooms;

  /// What is said to somebody who asks.
  public sealed interface Answer {
    /// @param ticket to be shown to the edge that is dialled; empty where none is needed
    /// @param bearer what was shown; empty where nothing is asked for
    record Yes(String ticket, Optional<AccessToken> bearer) implements Answer {
      static final Yes ANYBODY = new Yes("", Optional.empty());

      static Yes to(AccessToken bearer) {
        return new Yes("", Optional.of(bearer));
      }
    }

    record No(Refused why) implements Answer {}
  }

  public TokenCheck(TokenInspector inspector, Rooms rooms) {
    this.inspector = inspector;
    this.rooms = rooms;
  }

  /// Whether this join may be.
  ///
  /// @param shown a token; null when there is none
  public Answer join(JoinRequest request, @Nullable String shown) {
    if (!RoomId.isValid(request.room()) || !UserId.isValid(request.user())) {
      // What is not in order is refused as it is without tokens.
      return Answer.Yes.ANYBODY;
    }
    var room = new RoomId(request.room());
    var user = new UserId(request.user());
    return check(
        shown,
        user,
        token ->
            TokenInspector.obstacle(token, room, user)
                .map(TokenCheck::forbidden)
                .orElseGet(
                    () ->
                        new Answer.Yes(
                            rooms.ticket(room, user, token.name(), token.grant(), token.roomName()),
                            Optional.of(token))));
  }

  /// Whether the bearer may know of a room; the answer has no ticket.
  public Answer look(RoomId room, @Nullable String shown) {
    return check(
        shown,
        null,
        token ->
            token.rooms().contains(room)
                ? Answer.Yes.to(token)
                : forbidden("The token is for other rooms."));
  }

  /// Whether the bearer may make rooms, whose ids are random.
  public Answer create(@Nullable String shown) {
    return check(
        shown,
        null,
        token ->
            token.rooms().isAny()
                    && (token.grant().allows(Right.CREATE) || token.grant().allows(Right.HOST))
                ? Answer.Yes.to(token)
                : forbidden("The token does not grant this: create, of all rooms."));
  }

  /// Whether the bearer may let others into a room.
  public Answer host(RoomId room, @Nullable String shown) {
    return check(
        shown,
        null,
        token ->
            token.rooms().contains(room) && token.grant().allows(Right.HOST)
                ? Answer.Yes.to(token)
                : forbidden("The token does not grant this: host, of this room."));
  }

  /// Everybody may everything where no token is asked for. One that is shown even so has to be
  /// good: whoever shows it means to be known.
  private Answer check(
      @Nullable String shown, @Nullable UserId bearer, Function<AccessToken, Answer> question) {
    if (shown == null && !inspector.asks()) {
      return Answer.Yes.ANYBODY;
    }
    return switch (inspector.inspect(shown, bearer)) {
      case Verdict.Good(AccessToken token) -> question.apply(token);
      case Verdict.Bad(Fault _, String why) ->
          new Answer.No(refused(401, "unauthorized", TokenInspector.sentence(why)));
    };
  }

  private static Answer forbidden(String why) {
    return new Answer.No(refused(403, "forbidden", why));
  }

  private static Refused refused(int status, String error, String message) {
    return new Refused(status, error, message, Duration.ZERO);
  }
}
