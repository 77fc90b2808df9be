/// Loads edges with many rooms whose participants truly receive, and says how much of what was sent
/// arrived, and how late. Part of no product: `./confab load` starts [Main].
///
/// `LoadRun` is the heart and the file to read first. Every connection lives on one of a few event
/// loops, without a thread of its own. In reading order: the command line (LoadCommand, Plan), a
/// load from its ramp to its report (LoadRun, Crowd, Window, Report), what a loop owns (Worker,
/// Tally, Pacer), a participant (Participant, Publisher, Voice, SequenceTracker), and its link to
/// an edge (Link and what implements it).
@NullMarked
package confab.load;

import org.jspecify.annotations.NullMarked;
