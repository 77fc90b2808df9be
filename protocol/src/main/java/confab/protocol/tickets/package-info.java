/// What the session API gives to who shows a token, for the edge that is dialled: a [Ticket],
// sealed
/// and read by [Tickets].
@NullMarked
package confab.protocol.tickets;

import org.jspecify.annotations.NullMarked;
