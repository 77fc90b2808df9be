package confab.protocol;

/// Somebody in a room, as edges tell each other.
///
/// @param attempt counts the connections of the session, from 1; where two edges claim the same
///     session, the higher one holds it
/// @param began when the session did, in milliseconds since 1970 by the clock of the edge where it
///     was; 0 before all others. Whoever enters by the ticket of somebody else began later
public record Member(SessionId session, int attempt, Participant participant, long began) {
  public Member {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt);
    }
  }

  public Member with(Participant changed) {
    return new Member(session, attempt, changed, began);
  }

  static Member fromWire(confab.protocol.wire.Member wire) {
    return new Member(
        new SessionId(wire.getSession()),
        wire.getAttempt(),
        Participant.fromWire(wire.getParticipant()),
        wire.getBegan());
  }

  confab.protocol.wire.Member toWire() {
    return confab.protocol.wire.Member.newBuilder()
        .setSession(session.value())
        .setAttempt(attempt)
        .setParticipant(participant.toWire())
        .setBegan(began)
        .build();
  }
}
