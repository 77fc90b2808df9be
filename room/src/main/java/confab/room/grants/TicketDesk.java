package confab.room.grants;

import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.tickets.Ticket;
import confab.protocol.tickets.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// Issues and checks tickets. Thread-safe.
///
/// A ticket lets somebody enter for a few seconds: the session API gives it to who shows a token,
/// and the edge that is dialled asks for it. Afterwards it only tells that somebody was let in, so
/// that they may dial, and has to be followed by a resume token.
public final class TicketDesk {
  /// From the answer of the session API to the last try to connect.
  static final Duration LIFETIME = Duration.ofSeconds(15);

  /// The clocks of two edges may differ by this much.
  static final Duration LEEWAY = Duration.ofSeconds(5);

  private final Tickets tickets;
  private final boolean needed;
  private final Revocations revocations;
  private final InstantSource clock;

  /// What is said of a join.
  public sealed interface Verdict {
    /// It may come in.
    ///
    /// @param name empty where it may choose
    /// @param grant what it may; empty for somebody who was let in once and has to show a resume
    ///     token
    record Good(Optional<DisplayName> name, Optional<Grant> grant) implements Verdict {}

    /// @param why for a person
    record Bad(String why) implements Verdict {}
  }

  /// @param keys that edges share: the first seals, all of them are good
  /// @param needed whether nobody comes in without
  public TicketDesk(
      List<SecretKeySpec> keys, boolean needed, Revocations revocations, InstantSource clock) {
    tickets = new Tickets(keys);
    this.needed = needed;
    this.revocations = revocations;
    this.clock = clock;
  }

  /// @param name empty where the bearer may choose
  public String issue(RoomId room, UserId user, Optional<DisplayName> name, Grant grant) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return tickets.write(new Ticket(room, user, name, grant, now));
  }

  /// @param shown empty when none was
  public Verdict check(RoomId room, UserId user, String shown) {
    if (!needed) {
      return new Verdict.Good(Optional.empty(), Optional.of(Grant.OPEN));
    }
    Optional<Ticket> read = tickets.read(shown);
    if (read.isEmpty()) {
      return new Verdict.Bad("A ticket of the session API is needed.");
    }
    Ticket ticket = read.get();
    if (!ticket.room().equals(room) || !ticket.user().equals(user)) {
      return new Verdict.Bad("The ticket is for another room or user.");
    }
    if (revocations.cover(user, ticket.grant())) {
      return new Verdict.Bad("What the ticket grants was taken back.");
    }
    if (ticket.grant().hasEnded(clock.instant())) {
      return new Verdict.Bad("What the ticket grants has ended.");
    }
    return new Verdict.Good(
        ticket.name(), isFresh(ticket) ? Optional.of(ticket.grant()) : Optional.empty());
  }

  private boolean isFresh(Ticket ticket) {
    Instant now = clock.instant();
    return now.isBefore(ticket.issued().plus(LIFETIME).plus(LEEWAY))
        && ticket.issued().isBefore(now.plus(LEEWAY));
  }
}
