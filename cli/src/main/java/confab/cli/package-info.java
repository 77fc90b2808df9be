/// The command line for people: verbs such as `stream` and `listen`, and the words that they print.
/// What they do is the participant library's.
///
/// In reading order: [Main], which knows the verbs; `StreamCommand` and `ListenCommand`;
/// `JoinOptions`, which every verb that joins a room has.
@NullMarked
package confab.cli;

import org.jspecify.annotations.NullMarked;
