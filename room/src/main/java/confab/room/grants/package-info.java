/// Whether somebody may enter a room, and with which rights: the [TicketDesk] gives out tickets and
/// says which [Pass] one is. Whoever is in it has a
/// [HeldGrant]: may show another token, which a [TokenReader] reads, until [Revocations] take all
/// back; rooms get both as their [Access].
@NullMarked
package confab.room.grants;

import org.jspecify.annotations.NullMarked;
