package confab.webtransport.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;

/// The I/O of an event loop whose timers wait for the next tick of a clock. QUIC sets a timer for
/// every connection that waits for an acknowledgement, due about 25 ms after each packet; a loop
/// with a hundred connections would wake for nearly each of them alone.
///
/// Packets and tasks of other threads still wake the loop at once. Owned by the loop's thread,
/// except [#wakeup].
final class NettyTicks implements IoHandler {
  /// Well below the 25 ms that a peer may take to acknowledge (RFC 9000 §18.2, max_ack_delay), and
  /// below any wait that people notice.
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final IoHandler io;

  private NettyTicks(IoHandler io) {
    this.io = io;
  }

  static IoHandlerFactory of(IoHandlerFactory ios) {
    return executor -> new NettyTicks(ios.newHandler(executor));
  }

  /// The delay until the first tick that is no earlier than the end of `delay`.
  static long toTick(long now, long delay) {
    return delay <= 0 ? delay : delay + Math.floorMod(-(now + delay), TICK_NANOS);
  }

  @Override
  public int run(IoHandlerContext context) {
    return io.run(new Ticking(context));
  }

  private record Ticking(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return context.canBlock();
    }

    @Override
    public long delayNanos(long now) {
      return toTick(now, context.delayNanos(now));
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long nanos) {
      context.reportActiveIoTime(nanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }
  }

  @Override
  public void initialize() {
    io.initialize();
  }

  @Override
  public void prepareToDestroy() {
    io.prepareToDestroy();
  }

  @Override
  public void destroy() {
    io.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return io.register(handle);
  }

  @Override
  public void wakeup() {
    io.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return io.isCompatible(type);
  }
}
