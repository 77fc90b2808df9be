/// What hostile clients send, made by hand, since good libraries do not.
///
/// In reading order: [FirstPacket], [Http2], [AnyCertificate].
@NullMarked
package confab.rig.hostile;

import org.jspecify.annotations.NullMarked;
