package confab.load.link;

import confab.protocol.address.Authority;
import confab.protocol.address.EdgeAddress;
import confab.protocol.webtransport.PinnedTrust;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The UDP sockets by which the connections of one event loop reach one edge. They are few, so that
/// one system call takes in the packets of many connections. They are more than one, since edges
/// and kernels share out work by the port that a packet comes from. Where connections come from
/// addresses of their own, each of these has a socket.
public final class QuicSockets {
  /// Larger packets do not come: neither side looks for what the path can carry.
  private static final int PACKET_BYTES = 1500;

  /// Packets that one call of recvmmsg takes in.
  private static final int PACKETS_PER_READ = 64;

  /// Room for a few hundred connections being sent to at once.
  public static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /// Bundles of one connection between two reads of it; quiche drops what is more.
  private static final int DATAGRAMS_IN = 512;

  private static final int DATAGRAMS_OUT = 64;

  private static final long STREAM_BYTES = 1 << 20;
  private static final long CONNECTION_BYTES = 4 << 20;
  private static final int STREAMS = 8;

  private final List<Channel> sockets = new ArrayList<>();
  private int next;

  /// Blocks until they are bound.
  ///
  /// @param count how many, where there are no `sources`
  /// @throws LoadException when this machine does not have one of the addresses
  public QuicSockets(EventLoop loop, int count, Sources sources, EdgeAddress edge, URI url)
      throws LoadException {
    QuicSslContext tls = tls(edge);
    for (int i = 0; i < (sources.isEmpty() ? count : sources.size()); i++) {
      var from = Objects.requireNonNullElse(sources.next(), new InetSocketAddress(0));
      ChannelFuture bound = bind(loop, tls, url, from);
      if (!bound.isSuccess()) {
        throw LoadException.notFrom(from, bound.cause());
      }
      sockets.add(bound.channel());
    }
  }

  private static QuicSslContext tls(EdgeAddress edge) {
    var builder = QuicSslContextBuilder.forClient();
    builder.applicationProtocols(Http3.supportedApplicationProtocols());
    if (!edge.certificateHashes().isEmpty()) {
      builder.trustManager(new PinnedTrust(edge.certificateHashes()));
      builder.endpointIdentificationAlgorithm("");
    }
    return builder.build();
  }

  private static ChannelFuture bind(
      EventLoop loop, QuicSslContext tls, URI url, InetSocketAddress from) {
    Authority edge = Authority.in(url);
    var codec =
        Http3.newQuicClientCodecBuilder()
            .sslEngineProvider(
                quic -> tls.newEngine(quic.alloc(), edge.bareHost(), edge.portOr(url.getScheme())))
            .datagram(DATAGRAMS_IN, DATAGRAMS_OUT)
            .maxIdleTimeout(30, TimeUnit.SECONDS)
            .maxRecvUdpPayloadSize(PACKET_BYTES)
            .initialMaxData(CONNECTION_BYTES)
            .initialMaxStreamDataBidirectionalLocal(STREAM_BYTES)
            .initialMaxStreamDataUnidirectional(STREAM_BYTES)
            .initialMaxStreamsUnidirectional(STREAMS)
            .build();
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EventLoops.udp())
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .handler(codec);
    if (EventLoops.epoll()) {
      bootstrap
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, PACKET_BYTES)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(PACKET_BYTES * PACKETS_PER_READ));
    }
    return bootstrap.bind(from).awaitUninterruptibly();
  }

  /// One after the other.
  public Channel next() {
    next = (next + 1) % sockets.size();
    return sockets.get(next);
  }

  public List<Channel> all() {
    return sockets;
  }
}
