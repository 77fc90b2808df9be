package confab.edge.rooms;

import confab.access.AccessToken;
import confab.edge.access.TokenCheck;
import confab.edge.access.TokenCheck.Answer;
import confab.edge.guard.AddressLimits;
import confab.edge.http.AllowedMethod;
import confab.edge.http.Bearer;
import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import confab.protocol.DisplayName;
import confab.protocol.Query;
import confab.protocol.RoomId;
import confab.room.Admission.Refused;
import confab.room.Rooms;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// `/api/v1/rooms` of `docs/PROTOCOL.md` section 2.1. Called on threads that may block.
public final class RoomApi {
  private static final String LINKS = "/links";

  private final Rooms rooms;
  private final RoomLinks links;
  private final TokenCheck tokens;
  private final AddressLimits limits;

  public RoomApi(Rooms rooms, RoomLinks links, TokenCheck tokens, AddressLimits limits) {
    this.rooms = rooms;
    this.links = links;
    this.tokens = tokens;
    this.limits = limits;
  }

  // The answers as JSON has them.

  record CreatedAnswer(
      String room, @Nullable String name, String hostLink, @Nullable String guestLink) {}

  record RoomAnswer(String room, @Nullable String name, int participants) {}

  record LinksAnswer(@Nullable String guestLink) {}

  /// @param below the path behind `/rooms`: of all, of one, or of its links
  public void answer(HttpServerExchange exchange, String below) {
    if (below.isEmpty()) {
      if (AllowedMethod.is(Methods.POST, exchange)) {
        create(exchange);
      }
    } else if (below.endsWith(LINKS)) {
      if (AllowedMethod.is(Methods.POST, exchange)) {
        links(exchange, below.substring(1, below.length() - LINKS.length()));
      }
    } else if (AllowedMethod.is(Methods.GET, exchange)) {
      look(exchange, below.substring(1));
    }
  }

  /// Makes a room.
  private void create(HttpServerExchange exchange) {
    Answer answer = tokens.create(Bearer.token(exchange));
    if (answer instanceof Answer.No(Refused why)) {
      JsonErrors.refuse(exchange, why);
      return;
    }
    // In the query, since nobody is let in who would have a body waited for.
    var asked = Optional.ofNullable(Query.parse(exchange.getQueryString()).get("name"));
    var fault = asked.flatMap(DisplayName::fault);
    if (fault.isPresent()) {
      JsonErrors.refuse(exchange, StatusCodes.BAD_REQUEST, "bad_name", fault.get());
      return;
    }
    Optional<DisplayName> name = asked.map(DisplayName::new);
    InetAddress address = exchange.getSourceAddress().getAddress();
    switch (rooms.create(address, bearer(answer).flatMap(AccessToken::user))) {
      case Rooms.Creation.Created(RoomId room) ->
          JsonAnswers.send(
              exchange,
              StatusCodes.CREATED,
              new CreatedAnswer(
                  room.value(),
                  name.map(DisplayName::value).orElse(null),
                  links.host(room, name, bearer(answer)),
                  links.guest(room, name).orElse(null)));
      case Rooms.Creation.NotCreated(Refused why) -> JsonErrors.refuse(exchange, why);
    }
  }

  private static Optional<AccessToken> bearer(Answer answer) {
    return answer instanceof Answer.Yes yes ? yes.bearer() : Optional.empty();
  }

  private static Optional<DisplayName> name(Answer answer) {
    return bearer(answer).flatMap(AccessToken::roomName);
  }

  private void look(HttpServerExchange exchange, String id) {
    if (refusesOften(exchange)) {
      return;
    }
    if (RoomId.isValid(id)
        && tokens.look(new RoomId(id), Bearer.token(exchange)) instanceof Answer.No(Refused why)) {
      JsonErrors.refuse(exchange, why);
      return;
    }
    OptionalInt participants =
        RoomId.isValid(id) ? rooms.participants(new RoomId(id)) : OptionalInt.empty();
    if (participants.isPresent()) {
      String name = rooms.name(new RoomId(id)).map(DisplayName::value).orElse(null);
      JsonAnswers.send(exchange, StatusCodes.OK, new RoomAnswer(id, name, participants.getAsInt()));
    } else {
      JsonErrors.refuse(exchange, 404, "room_not_found", "There is no such room.");
    }
  }

  /// Gives a host the link for guests, whether the room is there or not.
  private void links(HttpServerExchange exchange, String id) {
    if (refusesOften(exchange)) {
      return;
    }
    if (!RoomId.isValid(id)) {
      JsonErrors.refuse(exchange, 404, "room_not_found", "There is no such room.");
      return;
    }
    var room = new RoomId(id);
    Answer answer = tokens.host(room, Bearer.token(exchange));
    switch (answer) {
      case Answer.No(Refused why) -> JsonErrors.refuse(exchange, why);
      case Answer.Yes _ ->
          JsonAnswers.send(
              exchange,
              StatusCodes.OK,
              new LinksAnswer(links.guest(room, name(answer)).orElse(null)));
    }
  }

  private boolean refusesOften(HttpServerExchange exchange) {
    InetAddress address = exchange.getSourceAddress().getAddress();
    Refused tooMany = limits.refuseRoomLookup(address);
    if (tooMany != null) {
      JsonErrors.refuse(exchange, tooMany);
    }
    return tooMany != null;
  }
}
