package confab.load.link;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The event loops and the kinds of sockets that they carry: epoll's where the platform has it.
public final class EventLoops implements AutoCloseable {
  private static final int MOST = 4;
  private static final boolean EPOLL = Epoll.isAvailable();

  private final MultiThreadIoEventLoopGroup group;

  /// Half of the cores, so that the edge has the other half when it runs beside this.
  public EventLoops() {
    int loops = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST);
    group =
        new MultiThreadIoEventLoopGroup(
            loops, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  static boolean epoll() {
    return EPOLL;
  }

  static Class<? extends Channel> tcp() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  public static Class<? extends Channel> udp() {
    return EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class;
  }

  public List<EventLoop> all() {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor each : group) {
      loops.add((EventLoop) each);
    }
    return loops;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
