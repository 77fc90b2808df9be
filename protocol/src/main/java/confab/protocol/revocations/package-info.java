/// What was granted and is taken back before it ends: a [Revocation]. Edges tell each other by a
/// [RevocationNotice].
@NullMarked
package confab.protocol.revocations;

import org.jspecify.annotations.NullMarked;
