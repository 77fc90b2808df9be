/// The product as its users meet it: a real Chromium, the headless tools, the launcher, and links
/// that delay and lose. Also what the build promises about its own shape.
@NullMarked
package confab.e2e;

import org.jspecify.annotations.NullMarked;
