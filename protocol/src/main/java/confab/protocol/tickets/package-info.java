/// What the session API gives to who shows a token, for the edge that is dialled: a [Ticket], which
/// [Tickets] seal and read.
@NullMarked
package confab.protocol.tickets;

import org.jspecify.annotations.NullMarked;
