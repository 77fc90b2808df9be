/// Whether somebody may enter a room, and with which rights: [TicketDesk]. Whoever is in it may
/// show another token, which a [TokenReader] reads, and [Revocations] take rights back; rooms get
/// both as their [Access].
@NullMarked
package confab.room.grants;

import org.jspecify.annotations.NullMarked;
