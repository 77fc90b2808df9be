package confab.protocol.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.protocol.DisplayName;
import confab.protocol.Query;
import confab.protocol.ResumeToken;
import confab.protocol.RoomId;
import confab.protocol.Seal;
import confab.protocol.SessionId;
import confab.protocol.UserId;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final Ticket TICKET =
      new Ticket(
          new RoomId("demo"),
          new UserId("ann"),
          Optional.of(new DisplayName("Энн")),
          new Grant(Set.of(Right.JOIN, Right.ADMIN), Instant.ofEpochMilli(5), "id", Instant.EPOCH),
          Instant.ofEpochMilli(7),
          new SessionId(-3),
          Optional.of(new DisplayName("Standup")));

  private final Tickets tickets =
      new Tickets(List.of(ResumeToken.key("new"), ResumeToken.key("old")));

  @Test
  void aTicketIsReadAsWritten() {
    assertThat(tickets.read(tickets.write(TICKET))).contains(TICKET);
    var open =
        new Ticket(
            TICKET.room(),
            TICKET.user(),
            Optional.empty(),
            Grant.OPEN.withAttributes(Attributes.of(Map.of("role", "x"))).withSessions(1),
            TICKET.issued(),
            new SessionId(1),
            Optional.empty());
    assertThat(tickets.read(tickets.write(open))).contains(open);
    var former = new Tickets(List.of(ResumeToken.key("old")));
    assertThat(tickets.read(former.write(TICKET))).contains(TICKET);
  }

  /// However long its token is, which has at most 4000 characters.
  @Test
  void theLongestTicketFitsIntoAnAddress() {
    var name = new DisplayName("\ud83d\ude00".repeat(64));
    var grant =
        new Grant(Set.of(Right.values()), Grant.NEVER, "☃".repeat(128), Grant.NEVER)
            .withAttributes(Attributes.of(Map.of("a", "x".repeat(255), "b", "y".repeat(255))))
            .withMaxBitrate(Integer.MAX_VALUE)
            .withSessions(Integer.MAX_VALUE);
    var ticket =
        new Ticket(
            new RoomId("r".repeat(64)),
            new UserId("u".repeat(64)),
            Optional.of(name),
            grant,
            Grant.NEVER,
            new SessionId(-1),
            Optional.of(name));
    String written = tickets.write(ticket);
    assertThat(tickets.read(written)).contains(ticket);
    String query =
        Query.of(
                "room",
                ticket.room().value(),
                "user",
                ticket.user().value(),
                "name",
                name.value(),
                "ticket",
                written)
            .toString();
    assertThat(Query.parse(query).get("ticket")).isEqualTo(written);
  }

  @Test
  void whatNoEdgeHasWrittenIsNone() {
    String good = tickets.write(TICKET);
    var other = new Tickets(List.of(ResumeToken.key("other")));
    assertThat(tickets.read(other.write(TICKET))).isEmpty();
    for (int i = 0; i < good.length(); i += 7) {
      char changed = good.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(tickets.read(good.substring(0, i) + changed + good.substring(i + 1))).isEmpty();
    }
    for (String text : List.of("", "A", "☃", good.substring(1), "A".repeat(2000))) {
      assertThat(tickets.read(text)).isEmpty();
    }
    // The same keys seal what edges say on the bus.
    byte[] elsewhere = Seal.by(List.of(ResumeToken.key("new"))).put("demo", TICKET.toBytes());
    assertThat(tickets.read(Base64.getUrlEncoder().encodeToString(elsewhere))).isEmpty();
  }

  @Test
  void withoutAKeyThereAreNone() {
    assertThatThrownBy(() -> new Tickets(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
