/// Debian's Chromium as a person uses it, by the names of its buttons and by ear: for tests and
/// measurements. Part of no product.
///
/// In reading order: [Chromium], [Tab], [SessionApi], [Ear], [Sound], [Voice].
@NullMarked
package confab.browser;

import org.jspecify.annotations.NullMarked;
