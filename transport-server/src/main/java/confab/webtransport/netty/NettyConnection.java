package confab.webtransport.netty;

import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.engine.Handshakes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One QUIC connection with HTTP/3 on it, which carries at most one WebTransport session. Stands
/// ahead of Netty's HTTP/3 codec, which knows requests but neither datagrams nor WebTransport.
///
/// Owned by the event loop; what other threads ask for is volatile.
final class NettyConnection extends ChannelInboundHandlerAdapter {
  private final NettyPort port;
  private final Handshakes handshakes;
  private final Engine.Acceptor acceptor;
  private final EngineCounters counters;
  private final ExecutorService threads;
  private final QuicChannel quic;
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile @Nullable NettyTunnel tunnel;
  private volatile int maxDatagramBytes;
  private volatile InetSocketAddress remote =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private @Nullable ScheduledFuture<?> deadline;
  private long lost;

  /// @param threads runs each request and each stream on a thread of its own, which may block
  NettyConnection(
      QuicChannel quic,
      NettyPort port,
      Handshakes handshakes,
      Engine.Acceptor acceptor,
      EngineCounters counters,
      ExecutorService threads) {
    this.quic = quic;
    this.port = port;
    this.handshakes = handshakes;
    this.acceptor = acceptor;
    this.counters = counters;
    this.threads = threads;
  }

  // --- its life ---

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicDatagramExtensionEvent datagrams) {
      maxDatagramBytes = datagrams.maxLength();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    counters.connections.increment();
    port.connections().add(this);
    if (quic.remoteSocketAddress() instanceof InetSocketAddress from) {
      remote = from;
    }
    // Closes a connection that does not ask for a session in time.
    deadline =
        ctx.executor()
            .schedule(
                this::closeWithoutSession,
                EngineLimits.SESSION_DEADLINE.toMillis(),
                TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (port.connections().remove(this)) {
      counters.connectionsClosed.increment();
      handshakes.completed(remote);
      countLosses();
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
    NettyTunnel established = tunnel;
    if (established != null) {
      established
          .receiver()
          .onGone(quic.isTimedOut() ? CloseReason.IDLE_TIMEOUT : CloseReason.CONNECTION_LOST);
    }
    ctx.fireChannelInactive();
  }

  private void closeWithoutSession() {
    deadline = null;
    if (tunnel == null) {
      close(Http3ErrorCode.H3_NO_ERROR);
    }
  }

  ChannelFuture close(Http3ErrorCode reason) {
    return quic.close(true, (int) reason.code(), Unpooled.EMPTY_BUFFER);
  }

  /// An exception ends at most this connection.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}

  void countLosses() {
    QuicConnectionStats stats = quic.collectStats().getNow();
    if (stats != null) {
      counters.datagramsLost.add(stats.lost() - lost);
      lost = stats.lost();
    }
  }

  // --- what the peer sends ---

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case ByteBuf datagram -> {
        try {
          onDatagram(datagram);
        } finally {
          datagram.release();
        }
      }
      case QuicStreamChannel stream -> {
        // First in the stream's pipeline, ahead of what the HTTP/3 codec adds.
        stream.pipeline().addLast(new NettyPeerStream(this));
        ctx.fireChannelRead(message);
      }
      default -> ctx.fireChannelRead(message);
    }
  }

  /// Takes the session's id off the front (RFC 9297 §2.1: a quarter of the stream's id).
  private void onDatagram(ByteBuf datagram) {
    NettyTunnel established = tunnel;
    if (established == null || NettyVarint.read(datagram) != established.quarterStreamId()) {
      counters.datagramsUnknown.increment();
      return;
    }
    established
        .receiver()
        .onDatagram(datagram.internalNioBuffer(datagram.readerIndex(), datagram.readableBytes()));
  }

  /// A stream of WebTransport that says it belongs to `session`; its bytes go to `bridge`.
  void onBidirectionalStream(long session, QuicStreamChannel stream, NettyBlockingStream bridge) {
    NettyTunnel established = tunnel;
    if (established == null || session != established.streamId()) {
      stream.shutdown((int) WebTransportNumbers.WT_BUFFERED_STREAM_REJECTED);
      return;
    }
    threads.execute(() -> established.receiver().onStream(bridge.input(), bridge.output()));
  }

  /// A stream of WebTransport that says it belongs to `session`, of which no more is read.
  void onUnidirectionalStream(long session, QuicStreamChannel stream) {
    NettyTunnel established = tunnel;
    stream.shutdownInput((int) WebTransportNumbers.WT_BUFFERED_STREAM_REJECTED);
    if (established != null && session == established.streamId()) {
      established.receiver().onUnidirectionalStream();
    }
  }

  // --- the session ---

  InetAddress remoteAddress() {
    return remote.getAddress();
  }

  void onConnect(NettyConnectRequest request) {
    if (maxDatagramBytes == 0) {
      request.answer(400);
    } else if (!requested.compareAndSet(false, true)) {
      request.answer(429);
    } else {
      threads.execute(() -> acceptor.onConnect(request));
    }
  }

  void countRefused() {
    counters.requestsRefused.increment();
  }

  /// The one request that is under way has been refused.
  void mayRequestAgain() {
    requested.set(false);
  }

  /// From now on datagrams and streams find the session. Called before the request is answered.
  NettyTunnel establish(QuicStreamChannel stream, Engine.Receiver receiver, Outbox outbox) {
    var established = new NettyTunnel(this, port, stream, receiver, outbox, maxDatagramBytes);
    tunnel = established;
    handshakes.completed(remote);
    return established;
  }
}
