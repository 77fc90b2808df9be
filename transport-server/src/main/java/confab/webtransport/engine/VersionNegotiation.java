package confab.webtransport.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What an edge says to who speaks another version of QUIC than 1 (RFC 9000 §6.1). It says so
/// itself, since engines say nothing to version 2, or name versions whose HTTP/3 they do not offer.
///
/// Thread-safe. Nothing is remembered, and the answer is shorter than what it answers.
public final class VersionNegotiation {
  private static final int VERSION_1 = 1;
  private static final int LONG_HEADER = 0x80;

  /// What a first packet has at least; shorter ones are not answered (RFC 9000 §6.1, §14.1).
  private static final int MIN_FIRST_PACKET = 1200;

  /// Form and version.
  private static final int VERSION_END = 5;

  private VersionNegotiation() {}

  /// Whether a packet that begins with this byte has a version (RFC 8999 §5.1): packets of a
  /// handshake do, media never.
  public static boolean hasVersion(byte first) {
    return (first & LONG_HEADER) != 0;
  }

  /// Whether this is a packet with a long header of a version that is not spoken here. Reads from
  /// the position on and does not move it.
  public static boolean concerns(ByteBuffer packet) {
    int start = packet.position();
    return packet.remaining() >= VERSION_END
        && hasVersion(packet.get(start))
        && packet.getInt(start + 1) != VERSION_1;
  }

  /// The packet by which to answer one that this [#concerns]; null when it gets no answer. Reads
  /// `packet` from its position on (RFC 8999 §5.1: what long headers of all versions have in
  /// common).
  public static @Nullable ByteBuffer answer(ByteBuffer packet) {
    int length = packet.remaining();
    int version = packet.position(packet.position() + 1).getInt();
    // Version 0 is such an answer itself.
    if (version == 0 || length < MIN_FIRST_PACKET) {
      return null;
    }
    byte[] destination = id(packet);
    byte[] source = id(packet);
    int random = ThreadLocalRandom.current().nextInt();
    return ByteBuffer.allocate(15 + destination.length + source.length)
        .put((byte) (LONG_HEADER | random))
        .putInt(0)
        .put((byte) source.length)
        .put(source)
        .put((byte) destination.length)
        .put(destination)
        .putInt(VERSION_1)
        // One that nobody speaks, so that peers do not rely on the list (RFC 9000 §15).
        .putInt(random & 0xf0f0f0f0 | 0x0a0a0a0a)
        .flip();
  }

  /// Of up to 255 bytes, of which two fit into each first packet.
  private static byte[] id(ByteBuffer packet) {
    byte[] id = new byte[packet.get() & 0xff];
    packet.get(id);
    return id;
  }
}
