package confab.webtransport.netty;

import confab.frames.Bundle;
import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An established WebTransport session on Netty.
///
/// Datagrams are pulled, not pushed: a round of the [NettyPort] takes a few bundles from the outbox
/// and hands over more only when quiche has sent those. While the congestion window is full quiche
/// keeps the few that it has, and Netty's API cannot take them back. The bundles behind them wait
/// in the outbox, which drops them by age.
///
/// Owned by the event loop, except [#datagramsReady] and [#close], which any thread calls.
final class NettyTunnel implements Engine.Tunnel {
  /// The most that waits in quiche, one packet's worth when bundles are small.
  private static final int MAX_HANDED_OVER = 4;

  /// The length of quiche's own queue. Twice what we put there, since Netty throws away silently
  /// what finds no place.
  static final int SEND_QUEUE = 2 * MAX_HANDED_OVER;

  /// Frame type and a length of two bytes (RFC 9221 §4), as quiche writes it.
  private static final int FRAME_OVERHEAD = 3;

  /// After this time quiche is assumed to have dropped what it was given, as it does when a new
  /// path has room for smaller packets only.
  private static final long HELD_BACK_NANOS = 500_000_000;

  private final NettyConnection connection;
  private final NettyPort port;
  private final QuicChannel quic;
  private final QuicStreamChannel connectStream;
  private final Engine.Receiver receiver;
  private final Outbox outbox;
  private final long quarterStreamId;
  private final int maxBundleBytes;
  private final AtomicBoolean queued = new AtomicBoolean();

  /// The next tunnel in the port's list of ready ones, while this one is in that list; owned by the
  /// port.
  @Nullable NettyTunnel nextReady;

  private long heldBackBytes;
  private long heldBackAt;
  private long sentWhenHeldBack;

  /// @param maxDatagramBytes what the connection takes in one datagram
  NettyTunnel(
      NettyConnection connection,
      NettyPort port,
      QuicStreamChannel connectStream,
      Engine.Receiver receiver,
      Outbox outbox,
      int maxDatagramBytes) {
    this.connection = connection;
    this.port = port;
    this.connectStream = connectStream;
    this.receiver = receiver;
    this.outbox = outbox;
    quic = connectStream.parent();
    quarterStreamId = WebTransportNumbers.quarterStreamId(connectStream.streamId());
    maxBundleBytes = maxDatagramBytes - Varint.toBytes(quarterStreamId).length;
  }

  long streamId() {
    return connectStream.streamId();
  }

  long quarterStreamId() {
    return quarterStreamId;
  }

  Engine.Receiver receiver() {
    return receiver;
  }

  @Override
  public void datagramsReady() {
    if (!queued.get() && queued.compareAndSet(false, true)) {
      port.ready(this);
    }
  }

  /// This connection's part of a round. Only who has taken it off the ready ones calls this: while
  /// it is among them, nobody may put it there again.
  ///
  /// @param now when the round began, in nanoseconds
  void serve(long now) {
    queued.set(false);
    send(now);
  }

  private void send(long now) {
    while (heldBackBytes == 0 && quic.isActive()) {
      long before = port.bytesWritten();
      int handedOver = handOver(now);
      if (handedOver == 0) {
        return;
      }
      quic.flush();
      holdBack(handedOver - (port.bytesWritten() - before), now);
    }
  }

  /// Gives quiche what waits, at most [#MAX_HANDED_OVER] bundles. Returns the bytes that packets
  /// with all of them have at the least; 0 when nothing waits.
  private int handOver(long now) {
    int bytes = 0;
    for (int i = 0; i < MAX_HANDED_OVER; i++) {
      Bundle bundle = outbox.take(maxBundleBytes, now);
      if (bundle == null) {
        break;
      }
      ByteBuf datagram = port.datagrams().of(quarterStreamId, bundle);
      bytes += datagram.readableBytes() + FRAME_OVERHEAD;
      quic.write(datagram, quic.voidPromise());
    }
    return bytes == 0 ? 0 : bytes + NettyPort.MIN_PACKET_OVERHEAD;
  }

  /// @param unsent how many bytes less were sent than handed over
  private void holdBack(long unsent, long now) {
    if (unsent > 0) {
      heldBackBytes = unsent;
      heldBackAt = now;
      sentWhenHeldBack = sentBytes();
      port.holdBack(this);
    }
  }

  /// Goes on if quiche has sent what it had.
  ///
  /// @param now when the turn of retries began, in nanoseconds
  void retry(long now) {
    if (!quic.isActive()) {
      return;
    }
    if (sentBytes() - sentWhenHeldBack >= heldBackBytes || now - heldBackAt > HELD_BACK_NANOS) {
      heldBackBytes = 0;
      send(now);
    } else {
      port.holdBack(this);
    }
  }

  private long sentBytes() {
    QuicConnectionStats stats = quic.collectStats().getNow();
    return stats == null ? 0 : stats.sentBytes();
  }

  @Override
  public void close(CloseReason reason) {
    try {
      quic.eventLoop().execute(() -> closeNow(reason));
    } catch (RejectedExecutionException e) {
      // The engine is closed, and with it everything.
    }
  }

  private void closeNow(CloseReason reason) {
    byte[] capsule = Capsule.close(reason);
    connectStream
        .writeAndFlush(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(capsule)))
        .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    quic.eventLoop()
        .schedule(
            () -> connection.close(Http3ErrorCode.H3_NO_ERROR),
            EngineLimits.CLOSE_LINGER.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
