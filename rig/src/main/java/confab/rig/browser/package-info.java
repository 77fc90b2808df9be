/// Debian's browsers as a person uses them, by the names of buttons and by ear: for tests and
/// measurements.
///
/// In reading order: [Chromium], [Tab], [SessionApi], [Firefox], [Ear], [Sound], [Voice].
@NullMarked
package confab.rig.browser;

import org.jspecify.annotations.NullMarked;
