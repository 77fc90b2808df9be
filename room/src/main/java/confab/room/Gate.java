package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.address.Hosts;
import confab.protocol.grants.Grant;
import confab.protocol.tickets.Ticket;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.grants.Pass;
import confab.room.grants.TicketDesk.Verdict;
import confab.room.limits.AddressRates;
import confab.room.limits.Limit;
import confab.room.limits.UserRates;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Decides on admission, before a connection is accepted: whether the request is in order, whether
/// there is a place, and whether its address has asked too often, or the user whom its token names:
/// both have as much. Thread-safe.
final class Gate {
  private static final Duration PRESSURE_PATIENCE = Duration.ofSeconds(5);

  /// A place is free again when somebody leaves, which nobody knows.
  private static final Duration ADDRESS_FULL_PATIENCE = Duration.ofSeconds(10);

  private final EdgeContext context;
  private final RoomLimits limits;
  private final OpenRooms rooms;
  private final Connections connections;
  private final AddressRates connects;
  private final AddressRates roomCreations;
  private final UserRates userConnects;
  private final UserRates userRoomCreations;

  Gate(EdgeContext context, OpenRooms rooms, Connections connections) {
    this.context = context;
    this.rooms = rooms;
    this.connections = connections;
    limits = context.limits();
    connects = new AddressRates(limits.connects());
    roomCreations = new AddressRates(limits.roomCreations());
    userConnects = new UserRates(limits.connects());
    userRoomCreations = new UserRates(limits.roomCreations());
  }

  /// @param take whether an admission counts against the limits of its address, or is only asked
  ///     about
  Admission decide(JoinRequest request, boolean take) {
    Admission checked = check(request);
    if (!(checked instanceof Admitted admitted)) {
      return checked;
    }
    Refused refused = take ? null : refuseForSessions(admitted, request.session());
    if (refused == null) {
      refused = refuseForPlace(admitted.room());
    }
    if (refused == null) {
      refused = refuseForPressure(admitted, take);
    }
    if (refused == null) {
      refused = refuseForAddress(admitted, take);
    }
    if (refused == null) {
      refused = limitConnect(admitted, take);
    }
    if (refused == null && !rooms.contains(admitted.room())) {
      refused = refuseForCreation(admitted, take);
    }
    return refused == null ? admitted : refused;
  }

  /// Whoever dials may be about to come back, and is asked on entering.
  private @Nullable Refused refuseForSessions(Admitted admitted, String own) {
    OptionalInt most = admitted.pass().grant().map(Grant::sessions).orElse(OptionalInt.empty());
    return most.isPresent() && rooms.sessions(admitted, own) >= most.getAsInt()
        ? Refused.of(
            403,
            CloseReason.TOO_MANY_SESSIONS.wireName(),
            "You are in this room already, as often as your token allows.")
        : null;
  }

  private @Nullable Refused refuseForPlace(RoomId id) {
    if (connections.isEnding()) {
      return Refused.of(503, "draining", "This edge is shutting down.");
    }
    if (!connections.hasPlace()) {
      return Refused.of(503, "edge_full", "This edge has no place left.");
    }
    if (rooms.connections(id) >= limits.maxParticipants()) {
      return Refused.of(503, "room_full", "This room is full.");
    }
    return null;
  }

  /// Whoever is in the room already is no more work than before.
  private @Nullable Refused refuseForPressure(Admitted admitted, boolean take) {
    if (!context.pressure().isHigh() || rooms.isIn(admitted)) {
      return null;
    }
    if (take) {
      context.limited().count(Limit.PRESSURE);
    }
    return new Refused(503, "edge_busy", "This edge has too much to do.", PRESSURE_PATIENCE);
  }

  /// Whoever is in the room already may come over another connection, for which some places are
  /// kept: the former one may be held by a link that is dead.
  private @Nullable Refused refuseForAddress(Admitted admitted, boolean take) {
    if (hasPlace(admitted, false) || (rooms.isIn(admitted) && hasPlace(admitted, true))) {
      return null;
    }
    if (take) {
      context.limited().count(Limit.SESSIONS);
    }
    return new Refused(
        503,
        "address_full",
        "Too many are here from your address, or as you.",
        ADDRESS_FULL_PATIENCE);
  }

  private boolean hasPlace(Admitted admitted, boolean back) {
    return connections.hasPlace(admitted.address(), back)
        && admitted.verified().map(user -> connections.hasPlace(user, back)).orElse(true);
  }

  private @Nullable Refused refuseForCreation(Admitted admitted, boolean take) {
    if (!limits.createOnJoin()) {
      return Refused.of(404, "room_not_found", "There is no such room.");
    }
    return refuseRoom(admitted.address(), admitted.verified(), take);
  }

  /// Null when one more room may be made.
  ///
  /// @param user whom a token names
  @Nullable Refused refuseRoom(InetAddress address, Optional<UserId> user, boolean take) {
    if (!rooms.mayMake(address)) {
      if (take) {
        context.limited().count(Limit.EMPTY_ROOMS);
      }
      return new Refused(
          503,
          "address_full",
          "Too many rooms from your address are empty.",
          ADDRESS_FULL_PATIENCE);
    }
    if (rooms.size() >= limits.maxRooms()) {
      return Refused.of(503, "edge_full", "This edge has no place for another room.");
    }
    String message = "Too many new rooms from your address.";
    Refused refused = limit(Limit.NEW_ROOMS, roomCreations, address, take, message);
    return refused != null || user.isEmpty()
        ? refused
        : limit(
            Limit.NEW_ROOMS, userRoomCreations, user.get(), take, "You have made too many rooms.");
  }

  /// Checks the request by itself: host, origin, room, user and name.
  private Admission check(JoinRequest request) {
    if (!limits.hosts().contain(request.authority(), request.address())) {
      return Refused.of(Hosts.REFUSED, "bad_host", Hosts.REFUSAL);
    }
    @Nullable String origin = request.origin();
    if (origin != null && !limits.allowedOrigins().allow(origin, request.authority())) {
      return Refused.of(403, "origin_forbidden", "This page may not join rooms of this edge.");
    }
    if (!RoomId.isValid(request.room())) {
      return Refused.of(
          400,
          "bad_room",
          "A room id has 1 to 64 lower-case letters, digits and dashes and does not begin with a"
              + " dash.");
    }
    if (!UserId.isValid(request.user())) {
      return Refused.of(
          400, "bad_user", "A user id has 1 to 64 letters, digits, dots, dashes and underscores.");
    }
    String name = request.name() == null ? request.user() : request.name();
    return DisplayName.fault(name)
        .<Admission>map(fault -> Refused.of(400, "bad_name", fault))
        .orElseGet(() -> checkTicket(request, new DisplayName(name)));
  }

  private Admission checkTicket(JoinRequest request, DisplayName name) {
    var room = new RoomId(request.room());
    var user = new UserId(request.user());
    return switch (context.tickets().check(room, user, request.ticket())) {
      case Verdict.Good(Pass pass) ->
          new Admitted(
              room, user, pass.shown().flatMap(Ticket::name).orElse(name), request.address(), pass);
      case Verdict.Bad(String why) -> Refused.of(401, "unauthorized", why);
    };
  }

  private @Nullable Refused limitConnect(Admitted admitted, boolean take) {
    String message = "Too many connections from your address.";
    Refused refused = limit(Limit.CONNECTS, connects, admitted.address(), take, message);
    Optional<UserId> user = admitted.verified();
    return refused != null || user.isEmpty()
        ? refused
        : limit(Limit.CONNECTS, userConnects, user.get(), take, "You have connected too often.");
  }

  private @Nullable Refused limit(
      Limit limit, AddressRates rates, InetAddress address, boolean take, String message) {
    long now = context.now();
    return refuse(
        limit, take ? rates.take(address, now) : rates.nanosUntilNext(address, now), take, message);
  }

  private @Nullable Refused limit(
      Limit limit, UserRates rates, UserId user, boolean take, String message) {
    long now = context.now();
    return refuse(
        limit, take ? rates.take(user, now) : rates.nanosUntilNext(user, now), take, message);
  }

  private @Nullable Refused refuse(Limit limit, long wait, boolean take, String message) {
    if (wait <= 0) {
      return null;
    }
    if (take) {
      context.limited().count(limit);
    }
    return Refused.tooOften(message, wait);
  }
}
