package confab.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/// A control message from an edge to a participant; `docs/PROTOCOL.md` section 3.2 says when each
/// is sent. Reading and writing stand side by side in this file.
public sealed interface Event {
  /// A roster of some thousand participants.
  int MAX_BYTES = 1 << 20;

  /// The first event: everybody in the room, oneself included.
  ///
  /// @param session names the session in the logs of the edge
  record Welcome(
      RoomId room, Participant you, List<Participant> participants, String session, String edge)
      implements Event {
    public Welcome {
      participants = List.copyOf(participants);
    }
  }

  record Joined(Participant participant) implements Event {}

  record Left(int number, CloseReason reason) implements Event {}

  record Updated(Participant participant) implements Event {}

  record Pong(long time) implements Event {}

  record You(Participant participant) implements Event {}

  /// A request had no effect.
  ///
  /// @param error a code such as `rate_limited`
  /// @param message for a person
  record Refused(String error, String message, int retryAfterMillis) implements Event {}

  /// A kind that this version does not know; skipped.
  record Unknown() implements Event {}

  /// Not an event at all.
  record Malformed() implements Event {}

  /// Never throws: what cannot be read is [Malformed].
  static Event parse(byte[] bytes) {
    try {
      return fromWire(confab.protocol.wire.Event.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return new Malformed();
    }
  }

  private static Event fromWire(confab.protocol.wire.Event wire) {
    return switch (wire.getKindCase()) {
      case WELCOME -> {
        var welcome = wire.getWelcome();
        yield new Welcome(
            new RoomId(welcome.getRoom()),
            fromWire(welcome.getYou()),
            welcome.getParticipantsList().stream().map(Event::fromWire).toList(),
            welcome.getSession(),
            welcome.getEdge());
      }
      case JOINED -> new Joined(fromWire(wire.getJoined().getParticipant()));
      case LEFT -> new Left(wire.getLeft().getNumber(), reason(wire.getLeft().getReason()));
      case UPDATED -> new Updated(fromWire(wire.getUpdated().getParticipant()));
      case PONG -> new Pong(wire.getPong().getTime());
      case YOU -> new You(fromWire(wire.getYou().getParticipant()));
      case REFUSED ->
          new Refused(
              wire.getRefused().getError(),
              wire.getRefused().getMessage(),
              wire.getRefused().getRetryAfterMs());
      case KIND_NOT_SET -> new Unknown();
    };
  }

  /// @throws IllegalArgumentException for [Unknown] and [Malformed], which only come from parsing
  default byte[] toBytes() {
    var wire = confab.protocol.wire.Event.newBuilder();
    switch (this) {
      case Welcome welcome -> {
        var builder =
            wire.getWelcomeBuilder()
                .setRoom(welcome.room().value())
                .setYou(toWire(welcome.you()))
                .setSession(welcome.session())
                .setEdge(welcome.edge());
        welcome.participants().forEach(each -> builder.addParticipants(toWire(each)));
      }
      case Joined(Participant who) -> wire.getJoinedBuilder().setParticipant(toWire(who));
      case Left(int number, CloseReason reason) ->
          wire.getLeftBuilder().setNumber(number).setReason(reason.wireName());
      case Updated(Participant who) -> wire.getUpdatedBuilder().setParticipant(toWire(who));
      case Pong(long time) -> wire.getPongBuilder().setTime(time);
      case You(Participant who) -> wire.getYouBuilder().setParticipant(toWire(who));
      case Refused(String error, String message, int retryAfterMillis) ->
          wire.getRefusedBuilder()
              .setError(error)
              .setMessage(message)
              .setRetryAfterMs(retryAfterMillis);
      case Unknown() -> throw new IllegalArgumentException("unknown event");
      case Malformed() -> throw new IllegalArgumentException("malformed event");
    }
    return wire.build().toByteArray();
  }

  private static Participant fromWire(confab.protocol.wire.Participant wire) {
    return new Participant(
        wire.getNumber(),
        new UserId(wire.getUser()),
        new DisplayName(wire.getName()),
        wire.getMuted(),
        wire.getDeafened());
  }

  private static confab.protocol.wire.Participant toWire(Participant participant) {
    return confab.protocol.wire.Participant.newBuilder()
        .setNumber(participant.number())
        .setUser(participant.user().value())
        .setName(participant.name().value())
        .setMuted(participant.muted())
        .setDeafened(participant.deafened())
        .build();
  }

  private static CloseReason reason(String wireName) {
    for (CloseReason reason : CloseReason.values()) {
      if (reason.wireName().equals(wireName)) {
        return reason;
      }
    }
    return CloseReason.LEFT;
  }
}
