package confab.bus;

/// What a bus has counted since its start.
///
/// @param published messages that the bus took
/// @param received messages handed to receivers
/// @param droppedOut messages not taken, as the bus was out of reach or had no room
/// @param droppedIn messages that came faster than they were taken
/// @param disconnects times the bus went out of reach
public record BusStats(
    long published, long received, long droppedOut, long droppedIn, long disconnects) {}
