package confab.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.grants.Grant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A control message from an edge to a participant; `docs/PROTOCOL.md` section 3.2 says when each
/// is sent. Reading and writing stand side by side in this file.
public sealed interface Event {
  /// Has room for a roster of some thousand participants.
  int MAX_BYTES = 1 << 20;

  /// The answer to `Enter`: everybody in the room, oneself included.
  ///
  /// @param session names the session in the logs of the edges
  /// @param resume makes another connection the same session; replaced by those of `Pong`
  /// @param resumed this session was here before: the same number, name and state
  /// @param whole as in [Reach]
  /// @param roomName what people call the room; empty when nobody has said
  record Welcome(
      RoomId room,
      Participant you,
      List<Participant> participants,
      String session,
      String edge,
      String resume,
      boolean resumed,
      boolean whole,
      Optional<DisplayName> roomName)
      implements Event {
    public Welcome {
      participants = List.copyOf(participants);
    }
  }

  /// @param already was in the room before, only this edge did not know it
  record Joined(Participant participant, boolean already) implements Event {}

  record Left(int number, CloseReason reason) implements Event {}

  record Updated(Participant participant) implements Event {}

  /// What became of one's own frames since the last such report; RFC 3550 section 6.4.
  ///
  /// @param received frames that came to the edge
  /// @param lost frames that did not, by gaps in their sequence
  /// @param listenersLoss how many of a thousand frames meant for them the listeners on this edge
  ///     miss: the median of them, so that one bad link degrades nobody
  /// @param maxBitrate bits of media a second that may be published; empty for as many as everybody
  ///     may
  record PublisherReport(int received, int lost, int listenersLoss, OptionalInt maxBitrate)
      implements Event {
    public PublisherReport {
      if (received < 0 || lost < 0 || listenersLoss < 0 || listenersLoss > 1000) {
        throw new IllegalArgumentException("impossible report");
      }
    }
  }

  /// What participants say to each other besides their voices: told once, and kept by nobody.
  sealed interface Word extends Event {
    /// Who says it; oneself included.
    int number();

    /// What is written in it, in bytes.
    int bytes();
  }

  /// @param id that of the [Request.Say]; a participant's second one with the same id says nothing
  ///     new. 0 is none
  record Said(int number, ChatText text, int id) implements Word {
    @Override
    public int bytes() {
      return text.value().getBytes(UTF_8).length;
    }
  }

  record Reacted(int number, Reaction reaction) implements Word {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /// @param resume a token that replaces the former one; mostly empty
  record Pong(long time, String resume) implements Event {}

  /// @param resume as in [Pong]
  record You(Participant participant, String resume) implements Event {}

  /// A request had no effect.
  ///
  /// @param error a code such as `rate_limited`
  /// @param message for a person
  record Refused(String error, String message, int retryAfterMillis) implements Event {
    /// It is asked too often.
    ///
    /// @param waitNanos when it makes sense to ask again
    public static Refused tooMuch(String message, long waitNanos) {
      return new Refused("rate_limited", message, (int) (waitNanos / 1_000_000) + 1);
    }
  }

  /// What this participant may do ends soon, unless a [Request.Renew] comes before.
  record GrantEnds(int inMillis) implements Event {}

  /// The edge is about to end: go on with another one.
  record Move() implements Event {}

  /// What people call the room is another.
  record RoomChanged(DisplayName name) implements Event {}

  /// @param whole whether this edge reaches the others that have the room
  record Reach(boolean whole) implements Event {}

  /// Who is forwarded, in a room that forwards only the loudest.
  ///
  /// @param numbers of the active speakers, the one who became one most recently first; empty when
  ///     nobody speaks
  record Speakers(List<Integer> numbers) implements Event {
    public Speakers {
      numbers = List.copyOf(numbers);
      if (numbers.contains(0)) {
        throw new IllegalArgumentException("participant number 0");
      }
    }
  }

  /// A kind that this version does not know; skipped.
  record Unknown() implements Event {}

  /// Not an event at all.
  record Malformed() implements Event {}

  /// The events of one message, in their order. Never throws: what cannot be read is [Malformed].
  static List<Event> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.Event.parseFrom(bytes);
      return wire.hasBatch()
          ? wire.getBatch().getEventsList().stream().map(Event::fromWire).toList()
          : List.of(fromWire(wire));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return List.of(new Malformed());
    }
  }

  private static Event fromWire(confab.protocol.wire.Event wire) {
    return switch (wire.getKindCase()) {
      case WELCOME -> {
        var welcome = wire.getWelcome();
        yield new Welcome(
            new RoomId(welcome.getRoom()),
            Participant.fromWire(welcome.getYou()),
            welcome.getParticipantsList().stream().map(Participant::fromWire).toList(),
            welcome.getSession(),
            welcome.getEdge(),
            welcome.getResume(),
            welcome.getResumed(),
            welcome.getWhole(),
            welcome.getRoomName().isEmpty()
                ? Optional.empty()
                : Optional.of(new DisplayName(welcome.getRoomName())));
      }
      case JOINED ->
          new Joined(
              Participant.fromWire(wire.getJoined().getParticipant()),
              wire.getJoined().getAlready());
      case LEFT ->
          new Left(
              wire.getLeft().getNumber(), CloseReason.fromWireName(wire.getLeft().getReason()));
      case UPDATED -> new Updated(Participant.fromWire(wire.getUpdated().getParticipant()));
      case PONG -> new Pong(wire.getPong().getTime(), wire.getPong().getResume());
      case YOU ->
          new You(Participant.fromWire(wire.getYou().getParticipant()), wire.getYou().getResume());
      case REFUSED ->
          new Refused(
              wire.getRefused().getError(),
              wire.getRefused().getMessage(),
              wire.getRefused().getRetryAfterMs());
      case GRANT_ENDS -> new GrantEnds(wire.getGrantEnds().getInMs());
      case ROOM_CHANGED -> new RoomChanged(new DisplayName(wire.getRoomChanged().getName()));
      case MOVE -> new Move();
      case REACH -> new Reach(wire.getReach().getWhole());
      case SPEAKERS -> new Speakers(wire.getSpeakers().getNumbersList());
      case PUBLISHER_REPORT -> {
        var report = wire.getPublisherReport();
        yield new PublisherReport(
            report.getReceived(),
            report.getLost(),
            report.getListenersLoss(),
            Grant.limit(report.getMaxBitrate()));
      }
      case SAID -> {
        var said = wire.getSaid();
        yield new Said(said.getNumber(), new ChatText(said.getText()), said.getId());
      }
      case REACTED ->
          Reaction.fromNumber(wire.getReacted().getReactionValue())
              .<Event>map(reaction -> new Reacted(wire.getReacted().getNumber(), reaction))
              .orElseGet(Unknown::new);
      case BATCH -> throw new IllegalArgumentException("a batch in a batch");
      case KIND_NOT_SET -> new Unknown();
    };
  }

  /// One message with all of `events`, each as [#toBytes] has it.
  static byte[] batch(List<byte[]> events) {
    return events.size() == 1 ? events.getFirst() : EventBatch.of(events);
  }

  /// @throws IllegalArgumentException for [Unknown] and [Malformed], which only come from parsing
  default byte[] toBytes() {
    return toWire().toByteArray();
  }

  private confab.protocol.wire.Event toWire() {
    var wire = confab.protocol.wire.Event.newBuilder();
    switch (this) {
      case Welcome welcome -> {
        var builder =
            wire.getWelcomeBuilder()
                .setRoom(welcome.room().value())
                .setYou(welcome.you().toWire())
                .setSession(welcome.session())
                .setEdge(welcome.edge())
                .setResume(welcome.resume())
                .setResumed(welcome.resumed())
                .setWhole(welcome.whole());
        welcome.roomName().ifPresent(name -> builder.setRoomName(name.value()));
        welcome.participants().forEach(each -> builder.addParticipants(each.toWire()));
      }
      case Joined(Participant who, boolean already) ->
          wire.getJoinedBuilder().setParticipant(who.toWire()).setAlready(already);
      case Left(int number, CloseReason reason) ->
          wire.getLeftBuilder().setNumber(number).setReason(reason.wireName());
      case Updated(Participant who) -> wire.getUpdatedBuilder().setParticipant(who.toWire());
      case Pong(long time, String resume) -> wire.getPongBuilder().setTime(time).setResume(resume);
      case You(Participant who, String resume) ->
          wire.getYouBuilder().setParticipant(who.toWire()).setResume(resume);
      case Refused(String error, String message, int retryAfterMillis) ->
          wire.getRefusedBuilder()
              .setError(error)
              .setMessage(message)
              .setRetryAfterMs(retryAfterMillis);
      case GrantEnds(int inMillis) -> wire.getGrantEndsBuilder().setInMs(inMillis);
      case RoomChanged(DisplayName name) -> wire.getRoomChangedBuilder().setName(name.value());
      case Move() -> wire.getMoveBuilder();
      case Reach(boolean whole) -> wire.getReachBuilder().setWhole(whole);
      case Speakers(List<Integer> numbers) -> wire.getSpeakersBuilder().addAllNumbers(numbers);
      case PublisherReport(int received, int lost, int listenersLoss, OptionalInt maxBitrate) ->
          wire.getPublisherReportBuilder()
              .setReceived(received)
              .setLost(lost)
              .setListenersLoss(listenersLoss)
              .setMaxBitrate(maxBitrate.orElse(0));
      case Said(int number, ChatText text, int id) ->
          wire.getSaidBuilder().setNumber(number).setText(text.value()).setId(id);
      case Reacted(int number, Reaction reaction) ->
          wire.getReactedBuilder().setNumber(number).setReactionValue(reaction.number());
      case Unknown() -> throw new IllegalArgumentException("unknown event");
      case Malformed() -> throw new IllegalArgumentException("malformed event");
    }
    return wire.build();
  }
}
