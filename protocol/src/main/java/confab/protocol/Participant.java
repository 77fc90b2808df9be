package confab.protocol;

import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.util.Optional;
import java.util.function.Consumer;

/// What everybody in a room knows of one participant.
///
/// @param number unique in the room while the participant is there; unsigned, never 0
/// @param muted the edge drops the participant's frames
/// @param deafened the edge sends the participant no media
/// @param handRaisedAt since when the participant would like to be asked to speak, in milliseconds
///     since 1970 by the clock of its edge; 0 without a raised hand
/// @param away without a connection, or out of reach, and may come back
/// @param namedAt since when the participant has its name, by the same clock; 0 before all others
/// @param lookalike somebody of another user is there who had such a name before; each edge finds
///     that out for its own participants
/// @param listener may not be heard
/// @param attributes what the token says of the participant
/// @param hidden is not shown to the others; nobody is told so but the participant, and edges each
///     other
/// @param verified a token names the user; whoever else has the id has only chosen it
/// @param named that token gives the name, too
public record Participant(
    int number,
    UserId user,
    DisplayName name,
    boolean muted,
    boolean deafened,
    long handRaisedAt,
    boolean away,
    long namedAt,
    boolean lookalike,
    boolean listener,
    Attributes attributes,
    boolean hidden,
    boolean verified,
    boolean named) {

  /// Somebody who has just come.
  public Participant(int number, UserId user, DisplayName name, long namedAt) {
    this(
        number,
        user,
        name,
        false,
        false,
        0,
        false,
        namedAt,
        false,
        false,
        Attributes.NONE,
        false,
        false,
        false);
  }

  public Identity identity() {
    return new Identity(user, verified);
  }

  /// Whoever takes the name that they have keeps it for as long as they had it.
  public Participant withName(DisplayName newName, long now) {
    return newName.equals(name)
        ? this
        : with(
            it -> {
              it.name = newName;
              it.namedAt = now;
            });
  }

  public Participant withMuted(boolean nowMuted) {
    return with(it -> it.muted = nowMuted);
  }

  public Participant withDeafened(boolean nowDeafened) {
    return with(it -> it.deafened = nowDeafened);
  }

  public boolean handRaised() {
    return handRaisedAt != 0;
  }

  public Participant withHandRaisedAt(long nowRaisedAt) {
    return with(it -> it.handRaisedAt = nowRaisedAt);
  }

  public Participant withAway(boolean nowAway) {
    return with(it -> it.away = nowAway);
  }

  public Participant withNumber(int newNumber) {
    return with(it -> it.number = newNumber);
  }

  public Participant withLookalike(boolean nowLookalike) {
    return with(it -> it.lookalike = nowLookalike);
  }

  /// What everybody may know of what the participant is granted.
  public Participant withGrant(Grant grant) {
    return with(
        it -> {
          it.listener = !grant.allows(Right.AUDIO);
          it.attributes = grant.attributes();
          it.hidden = grant.isHidden();
          it.verified = grant.verified();
          it.named = grant.verified() && !grant.allows(Right.NAME);
        });
  }

  /// What everybody may know of another token.
  ///
  /// @param given the name that it gives; empty where the participant keeps its own
  /// @param now when it was shown, in milliseconds since 1970
  public Participant withToken(Grant grant, Optional<DisplayName> given, long now) {
    return given.map(it -> withName(it, now)).orElse(this).withGrant(grant);
  }

  Participant withAttributes(Attributes nowAttributes) {
    return with(it -> it.attributes = nowAttributes);
  }

  private Participant with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.participant();
  }

  /// The values of a participant that is being changed; one thread's.
  private static final class Draft {
    int number;
    UserId user;
    DisplayName name;
    boolean muted;
    boolean deafened;
    long handRaisedAt;
    boolean away;
    long namedAt;
    boolean lookalike;
    boolean listener;
    Attributes attributes;
    boolean hidden;
    boolean verified;
    boolean named;

    Draft(Participant from) {
      number = from.number;
      user = from.user;
      name = from.name;
      muted = from.muted;
      deafened = from.deafened;
      handRaisedAt = from.handRaisedAt;
      away = from.away;
      namedAt = from.namedAt;
      lookalike = from.lookalike;
      listener = from.listener;
      attributes = from.attributes;
      hidden = from.hidden;
      verified = from.verified;
      named = from.named;
    }

    Participant participant() {
      return new Participant(
          number,
          user,
          name,
          muted,
          deafened,
          handRaisedAt,
          away,
          namedAt,
          lookalike,
          listener,
          attributes,
          hidden,
          verified,
          named);
    }
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
        handRaisedAt(wire),
        wire.getAway(),
        wire.getNamedAt(),
        wire.getLookalike(),
        wire.getListener(),
        Attributes.of(wire.getAttributesMap()),
        wire.getHidden(),
        wire.getVerified(),
        wire.getNamed());
  }

  // A hand of an edge that tells no time was raised before all others.
  private static long handRaisedAt(confab.protocol.wire.Participant wire) {
    return wire.getHandRaised() ? Math.max(1, wire.getHandRaisedAt()) : 0;
  }

  confab.protocol.wire.Participant toWire() {
    return confab.protocol.wire.Participant.newBuilder()
        .setNumber(number)
        .setUser(user.value())
        .setName(name.value())
        .setMuted(muted)
        .setDeafened(deafened)
        .setHandRaised(handRaised())
        .setHandRaisedAt(handRaisedAt)
        .setAway(away)
        .setNamedAt(namedAt)
        .setLookalike(lookalike)
        .setListener(listener)
        .putAllAttributes(attributes.values())
        .setHidden(hidden)
        .setVerified(verified)
        .setNamed(named)
        .build();
  }
}
