package confab.protocol;

/// A session that has ended, as edges tell each other: what is still claimed of its connections up
/// to `attempt` is out of date.
///
/// @param number the participant's
/// @param ageMillis how long ago it ended
public record Departure(
    SessionId session, int attempt, int number, CloseReason reason, int ageMillis) {

  public Departure {
    if (ageMillis < 0) {
      throw new IllegalArgumentException("age " + ageMillis);
    }
  }

  public Departure withAge(int millis) {
    return new Departure(session, attempt, number, reason, millis);
  }

  static Departure fromWire(confab.protocol.wire.Departure wire) {
    return new Departure(
        new SessionId(wire.getSession()),
        wire.getAttempt(),
        wire.getNumber(),
        CloseReason.fromWireName(wire.getReason()),
        wire.getAgeMs());
  }

  confab.protocol.wire.Departure toWire() {
    return confab.protocol.wire.Departure.newBuilder()
        .setSession(session.value())
        .setAttempt(attempt)
        .setNumber(number)
        .setReason(reason.wireName())
        .setAgeMs(ageMillis)
        .build();
  }
}
