package confab.room.grants;

import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.SessionId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.tickets.Ticket;
import confab.protocol.tickets.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.spec.SecretKeySpec;

/// Issues and checks tickets. Thread-safe.
///
/// A ticket lets one session enter, within a few seconds: the session API gives it to who shows a
/// token, and the edge that is dialled asks for it. Afterwards it only tells that somebody was let
/// in, so that they may dial, and has to be followed by a resume token.
public final class TicketDesk {
  /// From the answer of the session API to the last try to connect.
  static final Duration LIFETIME = Duration.ofSeconds(15);

  /// The clocks of two edges may differ by this much.
  static final Duration LEEWAY = Duration.ofSeconds(5);

  /// Twice as many as may enter in such a time on the largest edges.
  private static final int MOST_USED = 50_000;

  private final Tickets tickets;
  private final UsedTickets used = new UsedTickets(MOST_USED, LIFETIME.plus(LEEWAY).plus(LEEWAY));
  private final LongAdder replays = new LongAdder();
  private final boolean needed;
  private final Revocations revocations;
  private final InstantSource clock;

  /// What is said of a join.
  public sealed interface Verdict {
    /// It may dial.
    record Good(Pass pass) implements Verdict {}

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
  /// @param roomName empty when the token does not name the room
  public String issue(
      RoomId room,
      UserId user,
      Optional<DisplayName> name,
      Grant grant,
      Optional<DisplayName> roomName) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return tickets.write(new Ticket(room, user, name, grant, now, SessionId.random(), roomName));
  }

  /// Whoever shows a ticket is asked for a good one, also where nobody needs any.
  ///
  /// @param shown empty when none was
  public Verdict check(RoomId room, UserId user, String shown) {
    if (!needed && shown.isEmpty()) {
      return new Verdict.Good(new Pass.Open());
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
    return new Verdict.Good(isFresh(ticket) ? new Pass.Fresh(ticket) : new Pass.Old(ticket));
  }

  /// Its session enters by it.
  ///
  /// @return false when one has entered by it on this edge already
  public boolean use(Ticket ticket) {
    boolean first = used.add(ticket.session(), clock.instant());
    if (!first) {
      replays.increment();
    }
    return first;
  }

  /// A room does not let somebody in, or lets go of them: they are unauthorized when somebody else
  /// has entered by the same ticket.
  public void noteRefusal(CloseReason why) {
    if (why == CloseReason.UNAUTHORIZED) {
      replays.increment();
    }
  }

  /// How many tickets were shown to enter by which somebody had entered before.
  public long replays() {
    return replays.sum();
  }

  /// How many used tickets were forgotten too early, since there were too many.
  public long forgotten() {
    return used.forgotten();
  }

  private boolean isFresh(Ticket ticket) {
    Instant now = clock.instant();
    return now.isBefore(ticket.issued().plus(LIFETIME).plus(LEEWAY))
        && ticket.issued().isBefore(now.plus(LEEWAY));
  }
}
