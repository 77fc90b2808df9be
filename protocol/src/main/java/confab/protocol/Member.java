package confab.protocol;

/// Somebody in a room, as edges tell each other.
///
/// @param attempt counts the connections of the session, from 1; where two edges claim the same
///     session, the higher one holds it
public record Member(SessionId session, int attempt, Participant participant) {
  public Member {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt);
    }
  }

  public Member with(Participant changed) {
    return new Member(session, attempt, changed);
  }

  static Member fromWire(confab.protocol.wire.Member wire) {
    return new Member(
        new SessionId(wire.getSession()),
        wire.getAttempt(),
        Participant.fromWire(wire.getParticipant()));
  }

  confab.protocol.wire.Member toWire() {
    return confab.protocol.wire.Member.newBuilder()
        .setSession(session.value())
        .setAttempt(attempt)
        .setParticipant(participant.toWire())
        .build();
  }
}
