/// The product as its users meet it: real browsers, the headless tools, the launcher, a cluster,
/// and links that delay and lose.
@NullMarked
package confab.e2e;

import org.jspecify.annotations.NullMarked;
