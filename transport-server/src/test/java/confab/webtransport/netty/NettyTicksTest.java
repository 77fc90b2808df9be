package confab.webtransport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyTicksTest {
  private static final int TIMERS = 400;
  private static final long APART_NANOS = NettyTicks.TICK_NANOS / 20;

  private final AtomicInteger turns = new AtomicInteger();
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1,
          new DefaultThreadFactory("ticks", true),
          NettyTicks.of(counted(EpollIoHandler.newFactory())));

  /// Netty's I/O, with its turns counted.
  private IoHandlerFactory counted(IoHandlerFactory ios) {
    return executor -> {
      IoHandler io = ios.newHandler(executor);
      return (IoHandler)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {IoHandler.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("run")) {
                  turns.incrementAndGet();
                }
                return method.invoke(io, arguments);
              });
    };
  }

  @AfterEach
  void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void timersOfOneTickShareATurnOfTheLoopAndNoneIsEarly() throws Exception {
    Queue<Long> early = new ConcurrentLinkedQueue<>();
    var fired = new CountDownLatch(TIMERS);
    loop.submit(
        () -> {
          for (int i = 1; i <= TIMERS; i++) {
            long due = System.nanoTime() + i * APART_NANOS;
            Runnable timer =
                () -> {
                  if (System.nanoTime() - due < 0) {
                    early.add(due);
                  }
                  fired.countDown();
                };
            loop.next().schedule(timer, i * APART_NANOS, TimeUnit.NANOSECONDS);
          }
        });
    assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(early).isEmpty();
    // Each would have a turn of its own; on a busy machine ticks are missed and made up for.
    assertThat(turns.get()).isLessThan(TIMERS / 4);
  }

  @Test
  void delaysEndAtTheNextTick() {
    long tick = NettyTicks.TICK_NANOS;
    assertThat(NettyTicks.toTick(10 * tick, 1)).isEqualTo(tick);
    assertThat(NettyTicks.toTick(10 * tick, tick)).isEqualTo(tick);
    assertThat(NettyTicks.toTick(10 * tick + 5, tick)).isEqualTo(2 * tick - 5);
    assertThat(NettyTicks.toTick(-3, 1)).isEqualTo(3);
    assertThat(NettyTicks.toTick(10 * tick + 5, 0)).isZero();
  }
}
