package confab.room;

import confab.protocol.Query;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a participant asks for before it is admitted, as it came and not yet checked.
///
/// @param name null when none was given
/// @param ticket what the session API has given for this join; empty when none was shown
/// @param session names the session of who is in the room already; empty for everybody else
/// @param authority the host, and perhaps port, that was dialled
/// @param origin the page's origin; null when no browser asks
public record JoinRequest(
    String room,
    String user,
    @Nullable String name,
    String ticket,
    String session,
    InetAddress address,
    String authority,
    @Nullable String origin) {
  /// Reads the query parameters `room`, `user`, `name`, `ticket` and `session`. Never throws: what
  /// is missing or cannot be decoded is empty, which no id is.
  ///
  /// @param rawQuery percent-encoded, without the `?`; null when there is none
  public static JoinRequest of(
      @Nullable String rawQuery, InetAddress address, String authority, @Nullable String origin) {
    Query query = Query.parse(rawQuery);
    return new JoinRequest(
        Objects.requireNonNullElse(query.get("room"), ""),
        Objects.requireNonNullElse(query.get("user"), ""),
        query.get("name"),
        Objects.requireNonNullElse(query.get("ticket"), ""),
        Objects.requireNonNullElse(query.get("session"), ""),
        address,
        authority,
        origin);
  }

  /// The same with a ticket that was made for it.
  public JoinRequest withTicket(String newTicket) {
    return new JoinRequest(room, user, name, newTicket, session, address, authority, origin);
  }
}
