package confab.webtransport.netty;

import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.Handshakes;
import confab.webtransport.engine.InitialPacket;
import confab.webtransport.engine.VersionNegotiation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One UDP socket with its event loop, between the socket and the QUIC codec: lets in only so many
/// handshakes, sends little to addresses that are not proven, gathers the packets of many
/// connections into one system call, and makes the rounds in which connections with something to
/// send are served.
///
/// Owned by the event loop, except [#ready], which any thread calls.
final class NettyPort extends ChannelDuplexHandler {
  /// How often a connection that congestion control holds back is looked at again.
  private static final long RETRY_MILLIS = 5;

  /// How often the losses that QUIC has found are added up.
  private static final long COUNT_MILLIS = 1000;

  /// The bytes of a packet with a datagram besides the datagram frame, at the least: flags, packet
  /// number and the tag of its encryption (RFC 9000 §17.3).
  static final int MIN_PACKET_OVERHEAD = 1 + 1 + 16;

  private final Handshakes handshakes;
  private final RetryTokens tokens;
  private final EngineCounters counters;
  private final ChannelFutureListener countUnsent;
  private final Set<NettyConnection> connections = new HashSet<>();

  /// Connections with something to send, the latest first, linked through [NettyTunnel#nextReady].
  /// Bound: each connection is in it at most once. Any thread puts; the loop takes all at once.
  private final AtomicReference<@Nullable NettyTunnel> ready = new AtomicReference<>();

  private final Runnable round = this::serveReady;
  private final Runnable flush = this::flushNow;

  /// Connections held back by congestion control. Bound: each is in it at most once.
  private final List<NettyTunnel> heldBack = new ArrayList<>();

  private final NettyDatagrams datagrams;
  private volatile @Nullable ChannelHandlerContext socket;
  private long bytesWritten;
  private boolean reading;
  private boolean flushing;

  NettyPort(
      Handshakes handshakes,
      RetryTokens tokens,
      EngineCounters counters,
      ByteBufAllocator allocator) {
    this.handshakes = handshakes;
    this.tokens = tokens;
    this.counters = counters;
    datagrams = new NettyDatagrams(allocator);
    countUnsent =
        written -> {
          if (!written.isSuccess()) {
            counters.packetsUnsent.increment();
          }
        };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    socket = ctx;
    ctx.executor()
        .scheduleAtFixedRate(this::countLosses, COUNT_MILLIS, COUNT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    datagrams.close();
  }

  Set<NettyConnection> connections() {
    return connections;
  }

  /// Says goodbye on all connections. May be called from any thread; ends when that is written.
  Future<?> closeConnections() {
    Promise<Void> written = context().executor().newPromise();
    context().executor().execute(() -> closeConnections(written));
    return written;
  }

  private void closeConnections(Promise<Void> written) {
    var all = new PromiseCombiner(context().executor());
    List.copyOf(connections)
        .forEach(each -> all.add((Future<?>) each.close(Http3ErrorCode.H3_NO_ERROR)));
    all.finish(written);
  }

  // --- packets that come ---

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    if (hasVersion(packet.content()) && !isLetIn(ctx, packet)) {
      packet.release();
      return;
    }
    reading = true;
    ctx.fireChannelRead(packet);
  }

  private static boolean hasVersion(ByteBuf packet) {
    return packet.isReadable()
        && VersionNegotiation.hasVersion(packet.getByte(packet.readerIndex()));
  }

  /// Asked of the packets of handshakes only.
  private boolean isLetIn(ChannelHandlerContext ctx, DatagramPacket packet) {
    ByteBuffer bytes = packet.content().nioBuffer();
    if (VersionNegotiation.concerns(bytes)) {
      ByteBuffer answer = VersionNegotiation.answer(bytes);
      if (answer != null) {
        ctx.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(answer), packet.sender()));
      }
      return false;
    }
    boolean initial = InitialPacket.isInitial(bytes);
    ByteBuffer token = initial ? InitialPacket.token(bytes) : null;
    if (initial && (token == null || !isGoodOrNone(token, bytes, packet.sender()))) {
      counters.handshakesMalformed.increment();
      return false;
    }
    boolean proves = token != null && token.hasRemaining();
    return switch (handshakes.hear(packet.sender(), bytes, proves, System.nanoTime())) {
      case LET_IN -> true;
      case ASK -> {
        // RetryTokens makes the codec ask, since no handshake is under way.
        counters.handshakesAsked.increment();
        yield true;
      }
      case REFUSE -> {
        counters.handshakesRefused.increment();
        yield false;
      }
    };
  }

  /// With a token goes the id that the Retry brought, which is one of ours.
  private boolean isGoodOrNone(ByteBuffer token, ByteBuffer packet, InetSocketAddress from) {
    return !token.hasRemaining()
        || (InitialPacket.destinationBytes(packet) == NettyEngine.CONNECTION_ID_BYTES
            && tokens.isGood(token, from));
  }

  /// The end of a batch: what it made ready goes out with the acknowledgements.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    serveReady();
    ctx.fireChannelReadComplete();
  }

  // --- packets that go ---

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    DatagramPacket packet = (DatagramPacket) message;
    if (hasVersion(packet.content())
        && !handshakes.maySend(packet.recipient(), packet.content().nioBuffer())) {
      counters.packetsHeldBack.increment();
      packet.release();
      promise.setSuccess();
      return;
    }
    bytesWritten += packet.content().readableBytes();
    ctx.write(message, promise.addListener(countUnsent));
  }

  /// The bytes in all packets so far. What grows while a connection flushes is its own.
  long bytesWritten() {
    return bytesWritten;
  }

  /// Packets go to the kernel once per turn of the loop, those of all connections together.
  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (!flushing) {
      flushing = true;
      ctx.executor().execute(flush);
    }
  }

  private void flushNow() {
    flushing = false;
    context().flush();
  }

  // --- connections with something to send ---

  /// For the tunnels on this port.
  NettyDatagrams datagrams() {
    return datagrams;
  }

  /// Has `tunnel` served in the next round. One task is on its way per round, however many
  /// connections are in it; on the loop itself the round is at the end of the packets just read.
  void ready(NettyTunnel tunnel) {
    NettyTunnel before = ready.get();
    tunnel.nextReady = before;
    while (!ready.compareAndSet(before, tunnel)) {
      before = ready.get();
      tunnel.nextReady = before;
    }
    EventExecutor loop = context().executor();
    if (before == null && !(loop.inEventLoop() && reading)) {
      try {
        loop.execute(round);
      } catch (RejectedExecutionException e) {
        // The engine is closed.
      }
    }
  }

  private void serveReady() {
    NettyTunnel next = ready.getAndSet(null);
    long now = next == null ? 0 : System.nanoTime();
    while (next != null) {
      NettyTunnel tunnel = next;
      next = tunnel.nextReady;
      tunnel.nextReady = null;
      tunnel.serve(now);
    }
  }

  /// Asks again for `tunnel`, until congestion control lets it go on.
  void holdBack(NettyTunnel tunnel) {
    if (heldBack.isEmpty()) {
      retryLater();
    }
    heldBack.add(tunnel);
  }

  private void retryLater() {
    context().executor().schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void retry() {
    List<NettyTunnel> waiting = List.copyOf(heldBack);
    heldBack.clear();
    long now = System.nanoTime();
    waiting.forEach(tunnel -> tunnel.retry(now));
  }

  private void countLosses() {
    connections.forEach(NettyConnection::countLosses);
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = socket;
    if (ctx == null) {
      throw new IllegalStateException("no socket yet");
    }
    return ctx;
  }
}
