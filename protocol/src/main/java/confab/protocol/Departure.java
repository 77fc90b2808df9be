package confab.protocol;

/// A session that has ended, as edges tell each other: what is still claimed of its connections up
/// to `attempt` is out of date.
///
/// @param number the participant's
/// @param ageMillis how long ago it ended
/// @param began as in [Member]; of a session that began before this one nothing has ended
public record Departure(
    SessionId session, int attempt, int number, CloseReason reason, int ageMillis, long began) {

  public Departure {
    if (ageMillis < 0) {
      throw new IllegalArgumentException("age " + ageMillis);
    }
  }

  public Departure withAge(int millis) {
    return new Departure(session, attempt, number, reason, millis, began);
  }

  static Departure fromWire(confab.protocol.wire.Departure wire) {
    return new Departure(
        new SessionId(wire.getSession()),
        wire.getAttempt(),
        wire.getNumber(),
        CloseReason.fromWireName(wire.getReason()),
        wire.getAgeMs(),
        wire.getBegan());
  }

  confab.protocol.wire.Departure toWire() {
    return confab.protocol.wire.Departure.newBuilder()
        .setSession(session.value())
        .setAttempt(attempt)
        .setNumber(number)
        .setReason(reason.wireName())
        .setAgeMs(ageMillis)
        .setBegan(began)
        .build();
  }
}
