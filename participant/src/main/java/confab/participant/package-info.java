/// The Java client library: takes part in a conference from any Java program. It finds an edge,
/// connects, enters, comes back after a loss, moves when the edge asks for it, sends and receives.
/// It prints nothing, logs nothing and has no command line.
///
/// In reading order: [Session], the heart: one participant's presence in a room, on one edge after
/// another; [SessionConfig] and [Transport] (who joins what, and how), [SessionListener] (what is
/// heard of the room), [JoinException] (why it could not be joined); [EdgeFinder] (for tools with
/// links of their own). Speech as samples instead of frames is in `confab.participant.speech`, and
/// `confab.participant.token` has where tokens come from.
///
/// Inside, a link (`Link`: one WebTransport session or one WebSocket) carries a connection
/// (`Connection`: a link that enters the room), and a session goes from connection to connection
/// (`SessionCore`, watched by `Watch`, which starts a `Search`).
@NullMarked
package confab.participant;

import org.jspecify.annotations.NullMarked;
