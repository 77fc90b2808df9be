/// Rooms by HTTP: [RoomApi] makes them and tells of them, [RoomLinks] are the ways in.
@NullMarked
package confab.edge.rooms;

import org.jspecify.annotations.NullMarked;
