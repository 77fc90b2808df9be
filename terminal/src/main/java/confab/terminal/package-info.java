/// What all command lines of the project have in common: how they print, fail and read options.
///
/// In reading order: [Terminal], [Interruption] (where a command prints, and which exit code goes
// with what),
/// [Durations] (a type of option).
@NullMarked
package confab.terminal;

import org.jspecify.annotations.NullMarked;
