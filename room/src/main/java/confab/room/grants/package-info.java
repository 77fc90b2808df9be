/// Whether somebody may enter a room, and with which rights: [TicketDesk].
@NullMarked
package confab.room.grants;

import org.jspecify.annotations.NullMarked;
