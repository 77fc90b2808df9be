package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.room.Admission.Admitted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Somebody with a connection to an edge, seen from both ends.
record Guest(Connection connection, RecordingLink link) {
  static final byte[] OPUS = {1, 2, 3, 4, 5, 6, 7, 8};

  /// Admitted, and not yet in the room.
  static Guest connect(Rooms rooms, String room, String user) {
    return connect(rooms, room, user, user, anyAddress());
  }

  static Guest connect(Rooms rooms, String room, String user, String name) {
    return connect(rooms, room, user, name, anyAddress());
  }

  static Guest connect(Rooms rooms, String room, String user, InetAddress address) {
    return connect(rooms, room, user, user, address);
  }

  private static Guest connect(
      Rooms rooms, String room, String user, String name, InetAddress address) {
    var link = new RecordingLink();
    var admitted = new Admitted(new RoomId(room), new UserId(user), new DisplayName(name), address);
    return new Guest(rooms.connect(admitted, link), link);
  }

  static Guest join(Rooms rooms, String room, String user) {
    return connect(rooms, room, user).enter(new Request.Enter());
  }

  static Guest joinFrom(InetAddress address, Rooms rooms, String room, String user) {
    return connect(rooms, room, user, address).enter(new Request.Enter());
  }

  /// The ticket that the session API gives for a token.
  static String ticket(Rooms rooms, String user, Grant grant) {
    return rooms.ticket(
        new RoomId("demo"), new UserId(user), Optional.empty(), grant, Optional.empty());
  }

  /// Dials room `demo` by a ticket.
  static Admission dial(Rooms rooms, String user, String ticket) {
    String query = "room=demo&user=%s&ticket=%s".formatted(user, ticket);
    return rooms.admit(JoinRequest.of(query, anyAddress(), "", null));
  }

  /// Dials room `demo` by a ticket, and asks to enter.
  static Guest enter(Rooms rooms, String user, String ticket, Request.Enter request) {
    var link = new RecordingLink();
    var admitted = (Admitted) dial(rooms, user, ticket);
    return new Guest(rooms.connect(admitted, link), link).enter(request);
  }

  /// Comes into room `demo` by a ticket of their own.
  static Guest join(Rooms rooms, String user, Grant grant) {
    return enter(rooms, user, ticket(rooms, user, grant), new Request.Enter());
  }

  /// Hardly ever that of somebody else.
  private static InetAddress anyAddress() {
    byte[] address = new byte[4];
    ThreadLocalRandom.current().nextBytes(address);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 bytes are an address", e);
    }
  }

  /// Comes back to `rooms` with the token that this one has.
  Guest resume(Rooms rooms, int attempt) {
    return resumeFrom(anyAddress(), rooms, attempt);
  }

  Guest resumeFrom(InetAddress address, Rooms rooms, int attempt) {
    String room = welcome().room().value();
    String user = welcome().you().user().value();
    return connect(rooms, room, user, address).enter(new Request.Enter(token(), attempt));
  }

  Guest enter(Request.Enter request) {
    request(request);
    return this;
  }

  Event.Welcome welcome() {
    return link.eventsOf(Event.Welcome.class).getFirst();
  }

  /// The latest resume token.
  String token() {
    return link.events.reversed().stream()
        .map(Guest::tokenOf)
        .filter(token -> !token.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static String tokenOf(Event event) {
    return switch (event) {
      case Event.Welcome welcome -> welcome.resume();
      case Event.Pong(long _, String token) -> token;
      case Event.You(Participant _, String token) -> token;
      default -> "";
    };
  }

  int number() {
    return welcome().you().number();
  }

  Participant participant() {
    return connection.in().member().participant();
  }

  void request(Request request) {
    connection.onControl(request.toBytes());
  }

  void speak(int sequence) {
    speak(sequence, 0);
  }

  /// @param level as in RFC 6464
  void speak(int sequence, int level) {
    connection.onBundle(ByteBuffer.wrap(new Frame(false, level, 77, sequence, 0, OPUS).toBundle()));
  }

  void drop() {
    connection.close(CloseReason.CONNECTION_LOST);
  }

  void unload() {
    connection.close(CloseReason.UNLOADED);
  }
}
