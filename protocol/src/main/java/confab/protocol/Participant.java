package confab.protocol;

/// What everybody in a room knows of one participant.
///
/// @param number unique in the room while the participant is there; unsigned, never 0
/// @param muted the edge drops the participant's frames
/// @param deafened the edge sends the participant no media
/// @param handRaised would like to be asked to speak
/// @param away without a connection, or out of reach, and may come back
public record Participant(
    int number,
    UserId user,
    DisplayName name,
    boolean muted,
    boolean deafened,
    boolean handRaised,
    boolean away) {

  /// Somebody who has just come.
  public Participant(int number, UserId user, DisplayName name) {
    this(number, user, name, false, false, false, false);
  }

  public Participant withName(DisplayName newName) {
    return new Participant(number, user, newName, muted, deafened, handRaised, away);
  }

  public Participant withMuted(boolean nowMuted) {
    return new Participant(number, user, name, nowMuted, deafened, handRaised, away);
  }

  public Participant withDeafened(boolean nowDeafened) {
    return new Participant(number, user, name, muted, nowDeafened, handRaised, away);
  }

  public Participant withHandRaised(boolean nowRaised) {
    return new Participant(number, user, name, muted, deafened, nowRaised, away);
  }

  public Participant withAway(boolean nowAway) {
    return new Participant(number, user, name, muted, deafened, handRaised, nowAway);
  }

  public Participant withNumber(int newNumber) {
    return new Participant(newNumber, user, name, muted, deafened, handRaised, away);
  }

  static Participant fromWire(confab.protocol.wire.Participant wire) {
    if (wire.getNumber() == 0) {
      throw new IllegalArgumentException("participant number 0");
    }
    return new Participant(
        wire.getNumber(),
        new UserId(wire.getUser()),
        new DisplayName(wire.getName()),
        wire.getMuted(),
        wire.getDeafened(),
        wire.getHandRaised(),
        wire.getAway());
  }

  confab.protocol.wire.Participant toWire() {
    return confab.protocol.wire.Participant.newBuilder()
        .setNumber(number)
        .setUser(user.value())
        .setName(name.value())
        .setMuted(muted)
        .setDeafened(deafened)
        .setHandRaised(handRaised)
        .setAway(away)
        .build();
  }
}
