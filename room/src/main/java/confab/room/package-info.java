/// Rooms and the people in them: admission, membership, limits, the way of a frame through an edge
/// and what is dropped. Knows no socket; the transports bring [Connection]s.
///
/// In reading order: [Rooms], [EdgeIdentity]; [JoinRequest] and [Admission] (coming in); [Session]
/// and [Connection] (being in); [Bundle], [Outbox] (frames); [RoomLimits], [Forwarding],
/// [Rate];
/// [MediaCounters], [DropReason], [Transport], [Resumption], [PresenceStats] (figures).
@NullMarked
package confab.room;

import org.jspecify.annotations.NullMarked;
