/// What somebody may do in a room.
///
/// The heart is [Grant], a set of [Right]s with an end; it may say of its bearer some [Attributes].
@NullMarked
package confab.protocol.grants;

import org.jspecify.annotations.NullMarked;
