package confab.webtransport;

import confab.protocol.CloseReason;
import confab.protocol.ControlStream;
import confab.protocol.Request;
import confab.room.Bundle;
import confab.room.Connection;
import confab.room.Outbox;
import confab.room.Session;
import confab.room.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The link under a session that came by WebTransport: bundles in datagrams, control messages on
/// one bidirectional stream which the participant opens.
///
/// Threads: the engine's receive thread brings datagrams; a virtual thread reads the control
/// stream, another writes it; rooms call from anywhere.
final class WebTransportConnection implements Connection, Engine.Receiver {
  /// The participant opens the control stream within this time.
  private static final Duration CONTROL_DEADLINE = Duration.ofSeconds(5);

  /// Control messages not yet written. Bound: 256; when full, the session is closed as a slow
  /// consumer. Put by rooms and the session, taken by the control writer.
  private final BlockingQueue<byte[]> control = new ArrayBlockingQueue<>(256);

  /// Hands the output of the control stream from its reader to its writer.
  private final BlockingQueue<OutputStream> controlStream = new ArrayBlockingQueue<>(1);

  private final AtomicBoolean controlOpened = new AtomicBoolean();
  private final Outbox outbox;
  private volatile @Nullable Session session;
  private volatile @Nullable Thread writer;
  // Both written under this, so that whichever comes second closes the tunnel.
  private volatile Engine.@Nullable Tunnel tunnel;
  private @Nullable CloseReason closed;

  WebTransportConnection(Outbox outbox) {
    this.outbox = outbox;
  }

  Outbox outbox() {
    return outbox;
  }

  /// Everything that comes goes to `joined`. Called before the request is answered, so nothing
  /// comes earlier.
  void begin(Session joined) {
    session = joined;
    writer =
        Thread.ofVirtual().name("control-writer-" + joined.id()).start(() -> writeControl(joined));
  }

  /// The request is answered: media and the end can be sent from here on.
  synchronized void established(Engine.Tunnel accepted) {
    tunnel = accepted;
    if (closed != null) {
      accepted.close(closed);
    }
  }

  // --- to the participant ---

  @Override
  public Transport transport() {
    return Transport.WEBTRANSPORT;
  }

  @Override
  public void sendMedia(Bundle bundle) {
    outbox.put(bundle);
    Engine.Tunnel established = tunnel;
    if (established != null) {
      established.datagramsReady();
    }
  }

  @Override
  public long framesDropped() {
    return outbox.framesDropped();
  }

  @Override
  public boolean sendControl(byte[] message) {
    return control.offer(message);
  }

  @Override
  public synchronized void close(CloseReason reason) {
    closed = reason;
    Engine.Tunnel established = tunnel;
    if (established != null) {
      established.close(reason);
    }
    Thread writing = writer;
    if (writing != null) {
      writing.interrupt();
    }
  }

  private void writeControl(Session joined) {
    try {
      OutputStream out = controlStream.poll(CONTROL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (out == null) {
        joined.close(CloseReason.PROTOCOL_VIOLATION);
        return;
      }
      while (true) {
        out.write(ControlStream.frame(control.take()));
      }
    } catch (IOException e) {
      joined.close(CloseReason.CONNECTION_LOST);
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  // --- from the participant ---

  @Override
  public void onDatagram(ByteBuffer payload) {
    Session joined = session;
    if (joined != null) {
      joined.onBundle(payload);
    }
  }

  @Override
  public void onStream(InputStream in, OutputStream out) {
    Session joined = session;
    if (joined == null || !controlOpened.compareAndSet(false, true)) {
      closeSession(CloseReason.PROTOCOL_VIOLATION);
      return;
    }
    controlStream.add(out);
    try {
      for (byte[] message = read(in); message != null; message = read(in)) {
        joined.onControl(message);
      }
      joined.close(CloseReason.CONNECTION_LOST);
    } catch (ProtocolException e) {
      joined.close(CloseReason.PROTOCOL_VIOLATION);
    } catch (IOException e) {
      joined.close(CloseReason.CONNECTION_LOST);
    }
  }

  private static byte @Nullable [] read(InputStream in) throws IOException {
    return ControlStream.read(in, Request.MAX_BYTES);
  }

  @Override
  public void onUnidirectionalStream() {
    closeSession(CloseReason.PROTOCOL_VIOLATION);
  }

  @Override
  public void onGone(CloseReason reason) {
    closeSession(reason);
  }

  private void closeSession(CloseReason reason) {
    Session joined = session;
    if (joined != null) {
      joined.close(reason);
    }
  }
}
