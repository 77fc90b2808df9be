package confab.frames;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// Why media was not forwarded.
public enum DropReason implements Labelled {
  /// Not a frame from some byte on.
  MALFORMED,
  /// A frame of a kind that this version does not know.
  UNKNOWN_KIND,
  /// The bus has brought it before.
  DUPLICATE,
  /// More bytes than a bundle may have.
  OVERSIZED,
  /// More frames or bytes than a publisher may send.
  RATE_LIMITED,
  /// More media bits a second than the publisher's token grants.
  OVER_BITRATE,
  /// The publisher is muted.
  MUTED,
  /// The publisher may not be heard.
  NOT_GRANTED,
  /// Others in the room are louder, or it is their turn.
  NOT_LOUDEST,
  /// The receiver's outbox was full; the oldest bundle went.
  OUTBOX_FULL,
  /// The bundle waited in the outbox for longer than anybody wants to hear it.
  STALE,
  /// The connection has not entered the room.
  NOT_ENTERED,
  /// The bus had no room for it.
  BUS_FULL,
  /// The bus was out of reach.
  BUS_DOWN;

  /// The name in metrics: `outbox_full`.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
