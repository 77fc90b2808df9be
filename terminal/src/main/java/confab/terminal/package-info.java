/// What all command lines of the project have in common: how they print, fail and read options.
///
/// In reading order: [Terminal] (where a command prints, and which exit code goes with what);
/// [Interruption] (how it is ended); [Durations] (a type of option).
@NullMarked
package confab.terminal;

import org.jspecify.annotations.NullMarked;
