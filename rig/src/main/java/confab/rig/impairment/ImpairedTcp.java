package confab.rig.impairment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/// A TCP link between participants and an edge that delays what it carries. What a lossy network
/// loses TCP sends again, which the reader sees as a stall of everything behind it: a piece that
/// would have been lost comes a retransmission timeout later, and the rest not before it. Where the
/// link is narrow, reading waits. It knows nothing of TCP's congestion control.
///
/// Queue: one for each direction of a connection, bounded by [#CAPACITY]; when it is full its
/// reader waits, as a sender does whose window is full. One thread puts and one takes.
public final class ImpairedTcp extends ImpairedLink {
  private static final long RETRANSMISSION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int CAPACITY = 10_000;

  private final ServerSocket front;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private record Piece(byte[] data, long arrivesAt) {}

  /// @param edge only its port counts: it is on this machine
  public ImpairedTcp(InetSocketAddress edge, Impairment impairment) throws IOException {
    super(edge, impairment);
    front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  @Override
  public int port() {
    return front.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket participant = front.accept();
        Socket back = new Socket(edge.getAddress(), edge.getPort());
        participant.setTcpNoDelay(true);
        back.setTcpNoDelay(true);
        sockets.addAll(List.of(participant, back));
        connect(participant, back, toEdge);
        connect(back, participant, fromEdge);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /// One direction: a thread that reads and one that writes what is due.
  private static void connect(Socket from, Socket to, Line line) {
    BlockingQueue<Piece> onTheWay = new LinkedBlockingDeque<>(CAPACITY);
    Thread.ofVirtual().start(() -> read(from, line, onTheWay));
    Thread.ofVirtual().start(() -> write(to, onTheWay));
  }

  private static void read(Socket from, Line line, BlockingQueue<Piece> onTheWay) {
    try (InputStream in = from.getInputStream()) {
      byte[] buffer = new byte[16 * 1024];
      long notBefore = System.nanoTime();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        Line.Fate fate = line.next(n);
        long arrivesAt = fate.arrivesAt() + (fate.lost() ? RETRANSMISSION_NANOS : 0);
        notBefore = Math.max(notBefore, arrivesAt);
        onTheWay.put(new Piece(Arrays.copyOf(buffer, n), notBefore));
        TimeUnit.NANOSECONDS.sleep(line.nanosUntilRoom());
      }
    } catch (IOException e) {
      // Closed.
    } catch (InterruptedException e) {
      return;
    }
    onTheWay.add(new Piece(new byte[0], 0));
  }

  private static void write(Socket to, BlockingQueue<Piece> onTheWay) {
    try (OutputStream out = to.getOutputStream()) {
      for (Piece piece = onTheWay.take(); piece.data().length > 0; piece = onTheWay.take()) {
        TimeUnit.NANOSECONDS.sleep(piece.arrivesAt() - System.nanoTime());
        out.write(piece.data());
      }
    } catch (IOException | InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    try {
      front.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
