package confab.webtransport.engine;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What anybody can read of a packet with a long header of version 1 (RFC 9000 §17.2), above all of
/// an Initial packet, which may be the first of a connection.
public final class InitialPacket {
  /// A datagram with an Initial packet has at least so many bytes (RFC 9000 §14.1).
  static final int MIN_DATAGRAM_BYTES = 1200;

  /// A client's first id for the edge has at least so many bytes (RFC 9000 §7.2), and the ids that
  /// engines choose do, too.
  private static final int MIN_ID_BYTES = 8;

  private static final int MAX_ID_BYTES = 20;

  /// Form, fixed bit and type.
  private static final int KIND = 0xf0;

  private static final int INITIAL = 0xc0;
  private static final int RETRY = 0xf0;

  /// Form and version.
  private static final int IDS = 5;

  /// A packet number of one byte, and what encryption adds.
  private static final int MIN_PAYLOAD_BYTES = 17;

  private InitialPacket() {}

  public static boolean isInitial(ByteBuffer datagram) {
    return kind(datagram) == INITIAL;
  }

  static boolean isRetry(ByteBuffer datagram) {
    return kind(datagram) == RETRY;
  }

  private static int kind(ByteBuffer datagram) {
    return datagram.get(datagram.position()) & KIND;
  }

  /// The token of an Initial packet at the beginning of a datagram, empty when it has none; null
  /// when this is no Initial packet that a client may send. The position stays.
  public static @Nullable ByteBuffer token(ByteBuffer datagram) {
    if (datagram.remaining() < MIN_DATAGRAM_BYTES || !isInitial(datagram)) {
      return null;
    }
    ByteBuffer rest = datagram.duplicate().position(datagram.position() + IDS);
    int destination = rest.get() & 0xff;
    if (destination < MIN_ID_BYTES || destination > MAX_ID_BYTES) {
      return null;
    }
    int source = rest.position(rest.position() + destination).get() & 0xff;
    if (source > MAX_ID_BYTES) {
      return null;
    }
    rest.position(rest.position() + source);
    long token = varint(rest);
    if (token > rest.remaining() - Long.BYTES) {
      return null;
    }
    ByteBuffer found = rest.slice(rest.position(), (int) token);
    long length = varint(rest.position(rest.position() + (int) token));
    return length < MIN_PAYLOAD_BYTES || length > rest.remaining() ? null : found;
  }

  /// How many bytes the id has that a client uses for the edge.
  public static int destinationBytes(ByteBuffer datagram) {
    return datagram.get(datagram.position() + IDS) & 0xff;
  }

  /// The end of the id that a client uses for the edge; 0 when it is short.
  static long destination(ByteBuffer datagram) {
    return tail(datagram, datagram.position() + IDS);
  }

  /// The end of the id that the edge has chosen for itself; 0 when it is short.
  static long source(ByteBuffer datagram) {
    int destination = datagram.position() + IDS;
    return destination < datagram.limit()
        ? tail(datagram, destination + 1 + (datagram.get(destination) & 0xff))
        : 0;
  }

  /// The last eight bytes of the id whose length stands at `at`.
  private static long tail(ByteBuffer datagram, int at) {
    if (at >= datagram.limit()) {
      return 0;
    }
    int length = datagram.get(at) & 0xff;
    return length < Long.BYTES || at + 1 + length > datagram.limit()
        ? 0
        : datagram.getLong(at + 1 + length - Long.BYTES);
  }

  /// RFC 9000 §16. There are eight bytes at least.
  private static long varint(ByteBuffer from) {
    long first = from.get();
    int more = (1 << (first >> 6 & 3)) - 1;
    long value = first & 0x3f;
    for (int i = 0; i < more; i++) {
      value = value << 8 | from.get() & 0xff;
    }
    return value;
  }
}
