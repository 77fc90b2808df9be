/// What somebody may do in a room.
///
/// The heart is [Grant], a set of [Right]s with an end. A [Revocation] takes grants back before; a
/// [RevocationNotice] tells other edges of it.
@NullMarked
package confab.protocol.grants;

import org.jspecify.annotations.NullMarked;
