package confab.protocol;

import com.google.protobuf.InvalidProtocolBufferException;

/// A control message from a participant to its edge; `docs/PROTOCOL.md` section 3.1 says what each
/// does. Reading and writing stand side by side in this file.
public sealed interface Request {
  /// A longer one closes the session.
  int MAX_BYTES = 4096;

  record Ping(long time) implements Request {}

  /// The name is as it came: whether it is allowed is for the edge to say.
  record Rename(String name) implements Request {}

  record SetMuted(boolean muted) implements Request {}

  record SetDeafened(boolean deafened) implements Request {}

  record WhoAmI() implements Request {}

  record Leave() implements Request {}

  /// A kind that this version does not know; skipped.
  record Unknown() implements Request {}

  /// Not a request at all; closes the session.
  record Malformed() implements Request {}

  /// Never throws: what cannot be read is [Malformed].
  static Request parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Malformed();
    }
    confab.protocol.wire.Request wire;
    try {
      wire = confab.protocol.wire.Request.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return new Malformed();
    }
    return switch (wire.getKindCase()) {
      case PING -> new Ping(wire.getPing().getTime());
      case RENAME -> new Rename(wire.getRename().getName());
      case SET_MUTED -> new SetMuted(wire.getSetMuted().getMuted());
      case SET_DEAFENED -> new SetDeafened(wire.getSetDeafened().getDeafened());
      case WHO_AM_I -> new WhoAmI();
      case LEAVE -> new Leave();
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
      case WhoAmI() -> wire.getWhoAmIBuilder();
      case Leave() -> wire.getLeaveBuilder();
      case Unknown() -> throw new IllegalArgumentException("unknown request");
      case Malformed() -> throw new IllegalArgumentException("malformed request");
    }
    return wire.build().toByteArray();
  }
}
