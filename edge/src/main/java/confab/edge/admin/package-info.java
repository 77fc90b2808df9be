/// What operators may ask of a running edge over HTTP, and how they show that they are: [DrainApi],
/// [AdminTokens].
@NullMarked
package confab.edge.admin;

import org.jspecify.annotations.NullMarked;
