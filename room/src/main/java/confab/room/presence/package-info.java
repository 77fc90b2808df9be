/// Who is in a room across all edges, and how edges tell each other. Knows no connections.
///
/// [Roster] is the heart: from what every edge claims it makes the one list that all agree on; its
/// rules are in `Claims`. In reading order: [Roster]; [PresenceSchedule] (what a room tells, and
/// when); [BusPlace] (where); [PresenceBeat] (the thread that tells); [WordFeed] (what is said,
/// behind it); [PresenceCounters], [PresenceStats] (figures).
@NullMarked
package confab.room.presence;

import org.jspecify.annotations.NullMarked;
