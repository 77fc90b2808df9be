/// What operators may ask of a running edge over HTTP: [DrainApi], [RevocationApi]. [AdminDoor]
/// lets them in, mostly by [AdminTokens].
@NullMarked
package confab.edge.admin;

import org.jspecify.annotations.NullMarked;
