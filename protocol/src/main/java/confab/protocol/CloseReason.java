package confab.protocol;

import java.util.Locale;

/// Why a connection ended. Some reasons end its session, too; see [#mayReturn]. The code is that of
/// a WebTransport close capsule; WebSocket adds 4000.
public enum CloseReason {
  /// The participant left of its own will.
  LEFT(0),
  /// The peer sent what the protocol does not allow.
  PROTOCOL_VIOLATION(1),
  /// Control messages could not be delivered fast enough.
  SLOW_CONSUMER(2),
  /// Requests kept coming far above the limit.
  RATE_LIMITED(3),
  /// Nothing was heard from the peer.
  IDLE_TIMEOUT(4),
  /// The edge ends.
  SHUTDOWN(5),
  /// A moderator removed the participant.
  KICKED(6),
  /// The grant ran out.
  EXPIRED(7),
  /// The edge failed.
  INTERNAL_ERROR(8),
  /// Another connection of the same session took over.
  SUPERSEDED(9),
  /// The connection ended without a reason.
  CONNECTION_LOST(10),
  /// Its page was closed or reloaded; a page that was reloaded is back within moments.
  UNLOADED(11),
  /// What was shown to come back is not good any more.
  UNAUTHORIZED(12),
  /// Its user has as many sessions in the room as the token allows.
  TOO_MANY_SESSIONS(13);

  private final int code;

  CloseReason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The name on the wire, in logs and metrics: `slow_consumer`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the participant may come back and be the same, so that its session is kept for a
  /// while.
  public boolean mayReturn() {
    return switch (this) {
      case LEFT, PROTOCOL_VIOLATION, KICKED, EXPIRED, UNAUTHORIZED, TOO_MANY_SESSIONS -> false;
      case SLOW_CONSUMER,
          RATE_LIMITED,
          IDLE_TIMEOUT,
          SHUTDOWN,
          INTERNAL_ERROR,
          SUPERSEDED,
          CONNECTION_LOST,
          UNLOADED ->
          true;
    };
  }

  /// The reason for a code that came over the wire. An unknown one says only that the connection
  /// has ended, so it counts as [#CONNECTION_LOST].
  public static CloseReason fromCode(long code) {
    for (CloseReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return CONNECTION_LOST;
  }

  /// The reason for a code by which a participant closes. What only an edge may say counts as
  /// [#CONNECTION_LOST]: others would be told that somebody was removed who was not.
  public static CloseReason fromParticipant(long code) {
    CloseReason said = fromCode(code);
    return switch (said) {
      case LEFT, PROTOCOL_VIOLATION, SLOW_CONSUMER, SUPERSEDED, CONNECTION_LOST, UNLOADED -> said;
      case RATE_LIMITED,
          IDLE_TIMEOUT,
          SHUTDOWN,
          KICKED,
          EXPIRED,
          INTERNAL_ERROR,
          UNAUTHORIZED,
          TOO_MANY_SESSIONS ->
          CONNECTION_LOST;
    };
  }

  /// The reason of that name; an unknown one counts as [#LEFT].
  static CloseReason fromWireName(String wireName) {
    for (CloseReason reason : values()) {
      if (reason.wireName().equals(wireName)) {
        return reason;
      }
    }
    return LEFT;
  }
}
