package confab.room.limits;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// What was above a limit, as metrics tell it.
public enum Limit implements Labelled {
  /// A join: its address has asked too often.
  CONNECTS,
  /// A new room, likewise.
  NEW_ROOMS,
  /// A join: the process has more to do than it can.
  PRESSURE,
  /// A join: its address has too many sessions.
  SESSIONS,
  /// A connection that had not entered yet, when its place was wanted.
  NOT_ENTERED,
  /// A new room: its address has too many that are empty.
  EMPTY_ROOMS,
  /// A session that was away: its address, or its user, had too many of them.
  AWAY,
  /// A line or a reaction, of one who has written too much.
  TEXT,
  /// A line or a reaction, in a room where too much has been written.
  ROOM_TEXT,
  /// A new name.
  NAMES,
  /// A request of any kind.
  REQUESTS,
  /// A line or a reaction on its way to a receiver that does not keep up.
  UNREAD_TEXT,
  /// A connection whose receiver does not read what it has to know.
  UNREAD;

  /// The name in metrics: `room_text`.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
