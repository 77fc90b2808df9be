package confab.bus;

import confab.protocol.figures.Figure;

/// What a bus has counted since its start.
public record BusStats(
    @Figure("Messages that the bus took") long published,
    @Figure("Messages handed to receivers") long received,
    @Figure("Messages not taken, as the bus was out of reach or had no room") long droppedOut,
    @Figure("Messages that came faster than they were taken") long droppedIn,
    @Figure("Times the bus went out of reach") long disconnects) {}
