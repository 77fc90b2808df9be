package confab.webtransport;

import confab.frames.Bundle;
import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.Request;
import confab.protocol.webtransport.ControlStream;
import confab.room.Connection;
import confab.room.ControlQueue;
import confab.room.Link;
import confab.room.Transport;
import confab.webtransport.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A link over WebTransport: bundles in datagrams, control messages on one bidirectional stream,
/// which the participant opens.
///
/// Threads: the engine's receive thread brings datagrams; a virtual thread reads the control
/// stream, another writes it; rooms call from anywhere.
final class WebTransportLink implements Link, Engine.Receiver {
  /// The participant opens the control stream within this time.
  private static final Duration CONTROL_DEADLINE = Duration.ofSeconds(5);

  /// A session whose control stream has ended says by then why it ends.
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  /// Control messages not yet written. Put by rooms and the connection, taken by the control
  /// writer.
  private final ControlQueue control;

  /// Hands the output of the control stream from its reader to its writer.
  private final BlockingQueue<OutputStream> controlStream = new ArrayBlockingQueue<>(1);

  private final AtomicBoolean controlOpened = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Outbox outbox;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Thread writer;
  // Both written under this, so that whichever comes second closes the tunnel.
  private volatile Engine.@Nullable Tunnel tunnel;
  private @Nullable CloseReason closed;

  WebTransportLink(ControlQueue control, Outbox outbox) {
    this.control = control;
    this.outbox = outbox;
  }

  Outbox outbox() {
    return outbox;
  }

  /// Everything that comes goes to `admitted`. Called before the request is answered, so nothing
  /// comes earlier.
  void begin(Connection admitted) {
    connection = admitted;
    writer = Thread.ofVirtual().name("control-writer").start(() -> writeControl(admitted));
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
  public void sendMedia(Bundle bundle, long now) {
    outbox.put(bundle, now);
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
  public boolean sendControl(byte[] message, boolean words) {
    return control.put(message, words, System.nanoTime());
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

  private void writeControl(Connection admitted) {
    try {
      OutputStream out = controlStream.poll(CONTROL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (out == null) {
        admitted.close(CloseReason.PROTOCOL_VIOLATION);
        return;
      }
      while (true) {
        out.write(ControlStream.frame(control.take()));
      }
    } catch (IOException e) {
      admitted.close(CloseReason.CONNECTION_LOST);
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  // --- from the participant ---

  @Override
  public void onDatagram(ByteBuffer payload) {
    Connection admitted = connection;
    if (admitted != null) {
      admitted.onBundle(payload);
    }
  }

  @Override
  public void onStream(InputStream in, OutputStream out) {
    Connection admitted = connection;
    if (admitted == null || !controlOpened.compareAndSet(false, true)) {
      closeConnection(CloseReason.PROTOCOL_VIOLATION);
      return;
    }
    controlStream.add(out);
    try {
      for (byte[] message = read(in); message != null; message = read(in)) {
        admitted.onControl(message);
      }
      closeWithoutControl(admitted);
    } catch (ProtocolException e) {
      admitted.close(CloseReason.PROTOCOL_VIOLATION);
    } catch (IOException e) {
      closeWithoutControl(admitted);
    }
  }

  /// Some libraries end all streams of a session just before they end the session, which then says
  /// why.
  private void closeWithoutControl(Connection admitted) {
    try {
      boolean _ = gone.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The server ends, and closes everybody by itself.
    }
    admitted.close(CloseReason.CONNECTION_LOST);
  }

  private static byte @Nullable [] read(InputStream in) throws IOException {
    return ControlStream.read(in, Request.MAX_BYTES);
  }

  @Override
  public void onUnidirectionalStream() {
    closeConnection(CloseReason.PROTOCOL_VIOLATION);
  }

  @Override
  public void onGone(CloseReason reason) {
    closeConnection(reason);
    gone.countDown();
  }

  private void closeConnection(CloseReason reason) {
    Connection admitted = connection;
    if (admitted != null) {
      admitted.close(reason);
    }
  }
}
