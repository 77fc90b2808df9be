package confab.room.presence;

/// What rooms have counted of presence since the start.
///
/// @param statesIn states of other edges that were understood
/// @param statesOut states told to other edges
/// @param statesRefused states with impossible content
/// @param superseded connections closed since a later one of their session stands
/// @param displaced sessions closed since another has their number
public record PresenceStats(
    long statesIn, long statesOut, long statesRefused, long superseded, long displaced) {}
