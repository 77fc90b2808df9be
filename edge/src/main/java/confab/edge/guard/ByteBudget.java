package confab.edge.guard;

import confab.frames.Rate;
import confab.frames.TokenBucket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/// Ends a connection that sends more than requests take. So floods of whatever HTTP/2 has besides
/// requests (resets, pings, settings, windows) are bounded, most of which no handler ever sees.
///
/// Used by the I/O thread of its connection. Lifted once the connection carries a session, which
/// has bounds of its own.
final class ByteBudget extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final TokenBucket bytes;
  private final LongSupplier clock;
  private final Runnable exceeded;
  private boolean lifted;

  /// @param exceeded called once at most; what comes afterwards is not read
  ByteBudget(StreamSourceConduit next, Rate rate, LongSupplier clock, Runnable exceeded) {
    super(next);
    this.clock = clock;
    this.exceeded = exceeded;
    bytes = new TokenBucket(rate, clock.getAsLong());
  }

  void lift() {
    lifted = true;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = super.read(target);
    take(count);
    return count;
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long count = super.read(targets, offset, length);
    take(count);
    return count;
  }

  private void take(long count) throws IOException {
    if (lifted || count <= 0 || bytes.tryTake((int) count, clock.getAsLong())) {
      return;
    }
    lifted = true;
    exceeded.run();
    throw new IOException("sends more than requests take");
  }
}
