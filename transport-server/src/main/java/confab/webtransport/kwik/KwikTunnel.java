package confab.webtransport.kwik;

import confab.frames.Bundle;
import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.CapsuleReader;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.frame.DatagramFrame;
import tech.kwik.core.frame.QuicFrame;
import tech.kwik.core.impl.QuicConnectionImpl;
import tech.kwik.flupke.HttpStream;

/// An established WebTransport session on Kwik.
///
/// Datagrams are pulled, not pushed: for every bundle in the outbox there is one request in Kwik's
/// send queue, and only when a packet has room for it, as congestion control allows, is the bundle
/// taken. So at most the outbox's bound waits, in order, and what waited too long is dropped there.
final class KwikTunnel implements Engine.Tunnel {
  /// Frame type and a length of up to two bytes (RFC 9221 §4).
  private static final int FRAME_OVERHEAD = 3;

  private final QuicConnectionImpl quic;
  private final HttpStream connectStream;
  private final Engine.Receiver receiver;
  private final Outbox outbox;
  private final EngineCounters counters;
  private final long quarterStreamId;
  private final byte[] datagramPrefix;
  private final AtomicInteger requested = new AtomicInteger();

  KwikTunnel(
      QuicConnection quic,
      HttpStream connectStream,
      Engine.Receiver receiver,
      Outbox outbox,
      EngineCounters counters) {
    this.quic = (QuicConnectionImpl) quic;
    this.connectStream = connectStream;
    this.receiver = receiver;
    this.outbox = outbox;
    this.counters = counters;
    quarterStreamId = WebTransportNumbers.quarterStreamId(connectStream.getStreamId());
    datagramPrefix = Varint.toBytes(quarterStreamId);
  }

  long streamId() {
    return connectStream.getStreamId();
  }

  long quarterStreamId() {
    return quarterStreamId;
  }

  Engine.Receiver receiver() {
    return receiver;
  }

  @Override
  public void datagramsReady() {
    int size = outbox.headBytes() + datagramPrefix.length + FRAME_OVERHEAD;
    while (requested.get() < outbox.size()) {
      requested.incrementAndGet();
      quic.send(this::nextDatagram, size, EncryptionLevel.App, this::onLost, true);
    }
  }

  /// Called by Kwik's sender when a packet has `room` bytes for a frame. Null, which Kwik skips,
  /// when nothing is left that is worth sending or fits; what does not fit is asked for again with
  /// the next bundle.
  private @Nullable QuicFrame nextDatagram(int room) {
    requested.decrementAndGet();
    Bundle bundle = outbox.take(room - datagramPrefix.length - FRAME_OVERHEAD, System.nanoTime());
    if (bundle == null) {
      return null;
    }
    byte[] datagram = new byte[datagramPrefix.length + bundle.bytes().length];
    System.arraycopy(datagramPrefix, 0, datagram, 0, datagramPrefix.length);
    System.arraycopy(bundle.bytes(), 0, datagram, datagramPrefix.length, bundle.bytes().length);
    return new DatagramFrame(datagram);
  }

  private void onLost(QuicFrame frame) {
    counters.datagramsLost.increment();
  }

  /// Reads the CONNECT stream until it ends and tells the receiver how. Blocks all the while.
  void readCapsules() {
    CloseReason reason = CloseReason.CONNECTION_LOST;
    try {
      if (CapsuleReader.awaitClose(connectStream.getInputStream())
          instanceof Capsule.CloseSession close) {
        reason = close.fromParticipant();
      }
    } catch (java.net.ProtocolException e) {
      reason = CloseReason.PROTOCOL_VIOLATION;
    } catch (IOException e) {
      // Reset or lost: the same as an end.
    }
    receiver.onGone(reason);
  }

  @Override
  public void close(CloseReason reason) {
    // Two threads, since writing blocks for as long as the peer does not read.
    Thread.startVirtualThread(() -> writeClose(reason));
    Thread.startVirtualThread(this::closeAfterLinger);
  }

  private void writeClose(CloseReason reason) {
    try (OutputStream out = connectStream.getOutputStream()) {
      out.write(Capsule.close(reason));
    } catch (IOException e) {
      // The peer is gone already.
    }
  }

  private void closeAfterLinger() {
    try {
      Thread.sleep(EngineLimits.CLOSE_LINGER);
    } catch (InterruptedException e) {
      // The thread was interrupted, so the wait ends early and the tunnel closes now.
    }
    quic.close(WebTransportNumbers.H3_NO_ERROR, "");
  }
}
