package confab.room.grants;

import confab.protocol.grants.Grant;
import confab.protocol.tickets.Ticket;
import java.util.Optional;

/// By what somebody who dials may enter. Immutable.
public sealed interface Pass {
  /// Where nobody is asked for a ticket, and none was shown.
  record Open() implements Pass {}

  /// A ticket by which one session enters.
  record Fresh(Ticket ticket) implements Pass {}

  /// A ticket that tells only that its bearer was let in once, and has to show a resume token.
  record Old(Ticket ticket) implements Pass {}

  /// The one that was shown.
  default Optional<Ticket> shown() {
    return switch (this) {
      case Open() -> Optional.empty();
      case Fresh(Ticket ticket) -> Optional.of(ticket);
      case Old(Ticket ticket) -> Optional.of(ticket);
    };
  }

  /// That by which a session may begin.
  default Optional<Ticket> fresh() {
    return this instanceof Fresh(Ticket ticket) ? Optional.of(ticket) : Optional.empty();
  }

  /// What somebody new may; empty where nobody new comes in by it.
  default Optional<Grant> grant() {
    return switch (this) {
      case Open() -> Optional.of(Grant.OPEN);
      case Fresh(Ticket ticket) -> Optional.of(ticket.grant());
      case Old(Ticket _) -> Optional.empty();
    };
  }
}
