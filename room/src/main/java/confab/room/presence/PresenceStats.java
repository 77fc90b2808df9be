package confab.room.presence;

import confab.protocol.figures.Figure;

/// What rooms have counted of presence since the start.
public record PresenceStats(
    @Figure("States of other edges that were understood") long statesIn,
    @Figure("States told to other edges") long statesOut,
    @Figure("States of other edges with impossible content") long statesRefused,
    @Figure("Connections closed since a later one of their session stands") long superseded,
    @Figure("Sessions closed since another has their number") long displaced,
    @Figure("Words that other edges missed, since too many waited for presence")
        long wordsDropped) {}
