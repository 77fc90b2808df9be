package confab.protocol;

/// What everybody in a room knows of one participant.
///
/// @param number unique in the room while the participant is there; unsigned, never 0
/// @param muted the edge drops the participant's frames
/// @param deafened the edge sends the participant no media
public record Participant(
    int number, UserId user, DisplayName name, boolean muted, boolean deafened) {

  public Participant withName(DisplayName newName) {
    return new Participant(number, user, newName, muted, deafened);
  }

  public Participant withMuted(boolean nowMuted) {
    return new Participant(number, user, name, nowMuted, deafened);
  }

  public Participant withDeafened(boolean nowDeafened) {
    return new Participant(number, user, name, muted, nowDeafened);
  }
}
