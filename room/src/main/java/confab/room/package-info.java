/// Rooms and the people in them: admission, connections, sessions, membership, limits. Knows no
/// socket: the transports bring [Link]s; and no frame: those go by `confab.frames`.
///
/// `Room` is the heart and the file to read first. In reading order: [Rooms], [EdgeIdentity];
/// [JoinRequest] and [Admission] (coming in); [Link], [ControlQueue] and [Connection] (being in);
/// [RoomLimits]; [Transport], [Resumption] (figures).
@NullMarked
package confab.room;

import org.jspecify.annotations.NullMarked;
