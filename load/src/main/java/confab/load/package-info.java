/// Loads edges with many rooms whose participants truly receive, and says how much of what was sent
/// arrived, and how late. Part of no product: `./confab load` starts [Main].
///
/// `LoadRun` is the heart and the file to read first. Every connection lives on one of a few event
/// loops, without a thread of its own. In reading order: the command line (LoadCommand,
/// TokenOptions, Plan), a load from its ramp to its report (LoadRun, Crowd, Report), what a loop
/// owns (Worker, Pacer), and a participant (TicketDesk, Participant, Publisher, Voice). How a
/// participant is linked to an edge is in `link`, what is measured in `measure`.
@NullMarked
package confab.load;

import org.jspecify.annotations.NullMarked;
