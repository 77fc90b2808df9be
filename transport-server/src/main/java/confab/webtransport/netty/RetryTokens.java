package confab.webtransport.netty;

import confab.webtransport.engine.Handshakes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The tokens by which an address proves that somebody is there (RFC 9000 §8.1.2): they come with a
/// Retry and go back with the next Initial packet. Nothing is kept of them here.
///
/// A token has the time until which it is good, in nanoseconds of this process; a code over that,
/// the address, the port and the rest; and the rest, which is the client's first id for the edge.
///
/// Thread-safe.
final class RetryTokens implements QuicTokenHandler {
  /// How long a client may take: some tries, on a bad link.
  private static final long LIFETIME_NANOS = Duration.ofSeconds(15).toNanos();

  private static final String ALGORITHM = "HmacSHA256";
  private static final int CODE_BYTES = 16;
  private static final int HEAD_BYTES = Long.BYTES + CODE_BYTES;
  private static final int MAX_ID_BYTES = 20;

  private final Handshakes handshakes;
  private final LongSupplier clock;
  private final SecretKeySpec key;

  RetryTokens(Handshakes handshakes, LongSupplier clock) {
    this.handshakes = handshakes;
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /// Asked for a first packet without a token. Who has a place for a handshake needs none.
  @Override
  public boolean writeToken(ByteBuf out, ByteBuf destination, InetSocketAddress from) {
    if (handshakes.isUnderWay(from)) {
      return false;
    }
    long until = clock.getAsLong() + LIFETIME_NANOS;
    ByteBuffer id = destination.nioBuffer();
    out.writeLong(until).writeBytes(code(until, from, id.duplicate())).writeBytes(id);
    return true;
  }

  @Override
  public int validateToken(ByteBuf token, InetSocketAddress from) {
    return isGood(token.nioBuffer(), from) ? HEAD_BYTES : -1;
  }

  /// Whether it was made here for this address, not long ago.
  boolean isGood(ByteBuffer token, InetSocketAddress from) {
    if (token.remaining() < HEAD_BYTES) {
      return false;
    }
    ByteBuffer rest = token.duplicate();
    long until = rest.getLong();
    byte[] code = new byte[CODE_BYTES];
    rest.get(code);
    return until - clock.getAsLong() > 0 && MessageDigest.isEqual(code, code(until, from, rest));
  }

  @Override
  public int maxTokenLength() {
    return HEAD_BYTES + MAX_ID_BYTES;
  }

  private byte[] code(long until, InetSocketAddress from, ByteBuffer id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] address = from.getAddress().getAddress();
      mac.update(
          ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
              .putLong(until)
              .putInt(from.getPort())
              .flip());
      mac.update((byte) address.length);
      mac.update(address);
      mac.update(id);
      return Arrays.copyOf(mac.doFinal(), CODE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
