/// A participant without a face: it speaks from files, listens into files, and is how tests of
/// other modules take part in a room.
///
/// In reading order: [HeadlessParticipant] (joins, sends, receives, over either transport and on
/// one edge after another), [JoinException] (why it could not), [Main] (the command line around
/// it).
@NullMarked
package confab.cli;

import org.jspecify.annotations.NullMarked;
