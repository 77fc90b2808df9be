package confab.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.grants.Right;
import java.util.concurrent.ThreadLocalRandom;

/// A control message from a participant to its edge; `docs/PROTOCOL.md` section 3.1 says what each
/// does. Reading and writing stand side by side in this file.
public sealed interface Request {
  /// A longer request closes the connection.
  int MAX_BYTES = 4096;

  /// The requests that only somebody in the room may make.
  sealed interface InRoom extends Request {}

  record Ping(long time) implements Request {}

  /// The name is as it came: whether it is allowed is for the edge to say.
  record Rename(String name) implements InRoom {}

  record SetMuted(boolean muted) implements InRoom {}

  record SetDeafened(boolean deafened) implements InRoom {}

  record RaiseHand(boolean raised) implements InRoom {}

  /// The text is as it came: whether it is allowed is for the edge to say.
  ///
  /// @param id chosen at random by who writes; a line that is said again, since nobody knows
  ///     whether it arrived, has the same one and is heard once. 0 is none
  record Say(String text, int id) implements InRoom {
    /// A line of its own.
    public Say(String text) {
      this(text, ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }
  }

  record React(Reaction reaction) implements InRoom {}

  /// Shows another token: what it grants counts from now on.
  record Renew(String token) implements Request {
    /// No secrets.
    @Override
    public String toString() {
      return "Renew[]";
    }
  }

  record WhoAmI() implements InRoom {}

  record Leave() implements Request {}

  /// What came in since the last report of this receiver, which tells the edge how good the way to
  /// it is; RFC 3550 section 6.4.
  ///
  /// @param received frames that came, late ones included
  /// @param lost frames that are missing, by gaps in the sequences
  record ReceiverReport(int received, int lost) implements InRoom {
    /// More frames than anybody is sent in a minute; a report above that is malformed.
    public static final int MAX_FRAMES = 1_000_000;

    public ReceiverReport {
      checkFrames(received);
      checkFrames(lost);
    }

    private static void checkFrames(int count) {
      if (count < 0 || count > MAX_FRAMES) {
        throw new IllegalArgumentException(Integer.toUnsignedString(count) + " frames");
      }
    }
  }

  /// Enters the room; the first request of every connection.
  ///
  /// @param resume the latest token that this session was given; empty for a new session
  /// @param attempt counts the connections of the session, from 1
  record Enter(String resume, int attempt) implements Request {
    public Enter {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempt " + attempt);
      }
    }

    /// A session begins.
    public Enter() {
      this("", 1);
    }
  }

  /// The right without which an edge refuses it.
  default Right needs() {
    return switch (this) {
      case Say _ -> Right.CHAT;
      case React _ -> Right.REACTIONS;
      case Rename _ -> Right.NAME;
      case Ping _,
          SetMuted _,
          SetDeafened _,
          RaiseHand _,
          Renew _,
          WhoAmI _,
          Leave _,
          ReceiverReport _,
          Enter _,
          Unknown _,
          Malformed _ ->
          Right.JOIN;
    };
  }

  /// A kind that this version does not know; skipped.
  record Unknown() implements Request {}

  /// Not a request at all; closes the connection.
  record Malformed() implements Request {}

  /// Never throws: what cannot be read is [Malformed].
  static Request parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Malformed();
    }
    try {
      return fromWire(confab.protocol.wire.Request.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return new Malformed();
    }
  }

  private static Request fromWire(confab.protocol.wire.Request wire) {
    return switch (wire.getKindCase()) {
      case PING -> new Ping(wire.getPing().getTime());
      case RENAME -> new Rename(wire.getRename().getName());
      case SET_MUTED -> new SetMuted(wire.getSetMuted().getMuted());
      case SET_DEAFENED -> new SetDeafened(wire.getSetDeafened().getDeafened());
      case RAISE_HAND -> new RaiseHand(wire.getRaiseHand().getRaised());
      case SAY -> new Say(wire.getSay().getText(), wire.getSay().getId());
      case REACT ->
          Reaction.fromNumber(wire.getReact().getReactionValue())
              .<Request>map(React::new)
              .orElseGet(Unknown::new);
      case RENEW -> new Renew(wire.getRenew().getToken());
      case WHO_AM_I -> new WhoAmI();
      case LEAVE -> new Leave();
      case ENTER -> new Enter(wire.getEnter().getResume(), wire.getEnter().getAttempt());
      case RECEIVER_REPORT ->
          new ReceiverReport(
              wire.getReceiverReport().getReceived(), wire.getReceiverReport().getLost());
      case KIND_NOT_SET -> new Unknown();
    };
  }

  /// @throws IllegalArgumentException for [Unknown] and [Malformed], which only come from parsing
  default byte[] toBytes() {
    var wire = confab.protocol.wire.Request.newBuilder();
    switch (this) {
      case Ping(long time) -> wire.getPingBuilder().setTime(time);
      case Rename(String name) -> wire.getRenameBuilder().setName(name);
      case SetMuted(boolean muted) -> wire.getSetMutedBuilder().setMuted(muted);
      case SetDeafened(boolean deafened) -> wire.getSetDeafenedBuilder().setDeafened(deafened);
      case RaiseHand(boolean raised) -> wire.getRaiseHandBuilder().setRaised(raised);
      case Say(String text, int id) -> wire.getSayBuilder().setText(text).setId(id);
      case React(Reaction reaction) -> wire.getReactBuilder().setReactionValue(reaction.number());
      case Renew(String token) -> wire.getRenewBuilder().setToken(token);
      case WhoAmI() -> wire.getWhoAmIBuilder();
      case Leave() -> wire.getLeaveBuilder();
      case Enter(String resume, int attempt) ->
          wire.getEnterBuilder().setResume(resume).setAttempt(attempt);
      case ReceiverReport(int received, int lost) ->
          wire.getReceiverReportBuilder().setReceived(received).setLost(lost);
      case Unknown() -> throw new IllegalArgumentException("unknown request");
      case Malformed() -> throw new IllegalArgumentException("malformed request");
    }
    return wire.build().toByteArray();
  }
}
