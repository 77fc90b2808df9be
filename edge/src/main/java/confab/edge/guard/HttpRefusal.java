package confab.edge.guard;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// What the TCP ports refuse, or end, and count.
public enum HttpRefusal implements Labelled {
  /// A connection of an address that has as many as it may.
  CONNECTIONS,
  /// A connection that made room for another one, as there were too many of all addresses.
  CROWDED_OUT,
  /// A connection that made no request in time, or did not end its TLS handshake.
  SILENT,
  /// A connection that sent more than requests take.
  BYTES,
  /// A request of an address that makes too many, or a connection of it.
  REQUESTS,
  /// A question for a join of an address that asks too often.
  SESSION_LOOKUPS,
  /// The same for a room.
  ROOM_LOOKUPS,
  /// A request that another site's page made.
  ORIGIN,
  /// A request for a host that is not this edge's.
  HOST;

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
