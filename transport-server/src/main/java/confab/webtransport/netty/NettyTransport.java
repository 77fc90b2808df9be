package confab.webtransport.netty;

import confab.webtransport.engine.EngineLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.StandardSocketOptions;

/// How Netty moves UDP packets on this system.
///
/// @param loops how many event loops, each a thread with a socket of its own on the same port
/// @param epoll many packets per system call, and several sockets on one port
record NettyTransport(
    IoHandlerFactory io, Class<? extends DatagramChannel> channel, int loops, boolean epoll) {
  /// A room has connections on all loops, so each further loop brings less.
  private static final int MAX_LOOPS = 4;

  /// The UDP payload of the largest packet that can be received, which peers are told.
  static final int MAX_RECEIVED_BYTES = 1500;

  private static final int PACKETS_PER_READ = 32;

  /// Packets that wait for the kernel. Netty stops nobody there but asks every connection to write
  /// when the level falls again; so it is set beyond what congestion control lets wait.
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(8 << 20, 16 << 20);

  private static final boolean NIO_SHARES_PORTS = nioSharesPorts();

  private static boolean nioSharesPorts() {
    try (var socket = java.nio.channels.DatagramChannel.open()) {
      return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      return false;
    }
  }

  /// The best that this system has: epoll on Linux, one loop of NIO elsewhere.
  static NettyTransport best() {
    return Epoll.isAvailable()
        ? epoll(Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()))
        : nio();
  }

  static NettyTransport epoll(int loops) {
    return new NettyTransport(
        NettyTicks.of(EpollIoHandler.newFactory()), EpollDatagramChannel.class, loops, true);
  }

  static NettyTransport nio() {
    return new NettyTransport(NioIoHandler.newFactory(), NioDatagramChannel.class, 1, false);
  }

  EventLoopGroup newLoops() {
    return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("quic", true), io);
  }

  Bootstrap bootstrap(EventLoopGroup group) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(channel)
            .option(ChannelOption.SO_RCVBUF, EngineLimits.SOCKET_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, EngineLimits.SOCKET_BUFFER_BYTES)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    if (!epoll) {
      if (NIO_SHARES_PORTS) {
        bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
      }
      return bootstrap.option(
          ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_RECEIVED_BYTES));
    }
    return bootstrap
        .option(UnixChannelOption.SO_REUSEPORT, true)
        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_RECEIVED_BYTES)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(MAX_RECEIVED_BYTES * PACKETS_PER_READ));
  }
}
