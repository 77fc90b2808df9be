package confab.webtransport.kwik;

import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.engine.Handshakes;
import confab.webtransport.engine.InitialPacket;
import confab.webtransport.engine.VersionNegotiation;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One UDP port under several Kwik connectors. A connector keeps the certificate that it was made
/// with, so a new certificate needs a new connector. Here the old connector keeps its connections,
/// the new one gets all others, and the port stays the same.
///
/// Each connector has a [View] that it takes for its socket. The newest view reads the real socket
/// directly; what belongs to a connection of an older view goes to that view's queue. In normal
/// times there is one view and no queue is in the way.
final class UdpPort implements AutoCloseable {
  private final DatagramSocket socket;
  private final Handshakes handshakes;
  private final EngineCounters counters;
  private final ConcurrentHashMap<SocketAddress, View> older = new ConcurrentHashMap<>();
  private volatile @Nullable View newest;

  /// @throws IOException when the address is in use or not of this machine
  UdpPort(InetSocketAddress bind, Handshakes handshakes, EngineCounters counters)
      throws IOException {
    this.handshakes = handshakes;
    this.counters = counters;
    socket = new DatagramSocket(null);
    if (socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    socket.setReceiveBufferSize(EngineLimits.SOCKET_BUFFER_BYTES);
    socket.bind(bind);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// Makes a view that gets nothing until [#readThrough] names it.
  View newView() throws SocketException {
    return new View();
  }

  /// From now on `view`, whose thread does not read yet, gets all packets but those of [#keep]. A
  /// handshake that is half-way at this moment is lost; its sender tries again.
  void readThrough(View view) {
    View before = newest;
    newest = view;
    if (before != null) {
      wake();
    }
  }

  /// From now on packets from `remote` belong to `view`, although it is not the newest.
  void keep(SocketAddress remote, View view) {
    older.put(remote, view);
  }

  void completed(InetSocketAddress remote) {
    handshakes.completed(remote);
  }

  void gone(SocketAddress remote) {
    older.remove(remote);
  }

  /// The former newest view's thread stands in `receive` of the real socket: an empty packet to
  /// ourselves lets it go.
  private void wake() {
    InetAddress host = address().getAddress();
    var self =
        new InetSocketAddress(
            host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
            address().getPort());
    try (var sender = new DatagramSocket()) {
      sender.send(new DatagramPacket(new byte[0], 0, self));
    } catch (IOException e) {
      // The next packet of anybody does it, too.
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private static boolean hasVersion(DatagramPacket packet) {
    return packet.getLength() > 0
        && VersionNegotiation.hasVersion(packet.getData()[packet.getOffset()]);
  }

  /// What one Kwik connector believes to be its socket. `receive` is called by one thread of that
  /// connector, `send` by all of its connections.
  final class View extends DatagramSocket {
    /// Bound: 1024 packets; when full, a packet is lost as packets may be. Put by the newest
    /// view's thread, taken by this view's.
    private final BlockingQueue<DatagramPacket> queue = new ArrayBlockingQueue<>(1024);

    private volatile boolean closed;

    View() throws SocketException {
      super((SocketAddress) null);
    }

    @Override
    public void receive(DatagramPacket into) throws IOException {
      try {
        while (!closed) {
          if (newest == this ? receiveDirectly(into) : receiveQueued(into)) {
            return;
          }
        }
      } catch (IOException e) {
        awaitClose();
      }
      throw new SocketException("closed");
    }

    /// Waits until the connector is closed: Kwik ends the whole process when its socket fails
    /// before that.
    private synchronized void awaitClose() {
      try {
        while (!closed) {
          wait();
        }
      } catch (InterruptedException e) {
        // Interrupted by the closing connector.
      }
    }

    /// Whether what came is for this view.
    private boolean receiveDirectly(DatagramPacket into) throws IOException {
      socket.receive(into);
      SocketAddress from = into.getSocketAddress();
      View owner = older.isEmpty() ? newest : older.getOrDefault(from, newest);
      if (owner != this) {
        if (owner != null && into.getLength() > 0) {
          owner.queue.offer(copy(into));
        }
        into.setLength(into.getData().length);
        return false;
      }
      if (hasVersion(into) && !isLetIn(into)) {
        into.setLength(into.getData().length);
        return false;
      }
      return true;
    }

    /// Asked of the packets of handshakes only.
    private boolean isLetIn(DatagramPacket packet) {
      var from = (InetSocketAddress) packet.getSocketAddress();
      var bytes = ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength());
      if (VersionNegotiation.concerns(bytes)) {
        ByteBuffer answer = VersionNegotiation.answer(bytes);
        if (answer != null) {
          send(new DatagramPacket(answer.array(), answer.limit(), from));
        }
        return false;
      }
      if (InitialPacket.isInitial(bytes) && InitialPacket.token(bytes) == null) {
        counters.handshakesMalformed.increment();
        return false;
      }
      // Kwik would keep a connection for everybody whom it asks for a token.
      if (handshakes.hear(from, bytes, false, System.nanoTime()) != Handshakes.Verdict.LET_IN) {
        counters.handshakesRefused.increment();
        return false;
      }
      return true;
    }

    private boolean receiveQueued(DatagramPacket into) throws IOException {
      DatagramPacket next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        throw new SocketException("interrupted");
      }
      byte[] target = into.getData();
      int length = Math.min(next.getLength(), target.length);
      System.arraycopy(next.getData(), 0, target, 0, length);
      into.setLength(length);
      into.setSocketAddress(next.getSocketAddress());
      return true;
    }

    private static DatagramPacket copy(DatagramPacket packet) {
      byte[] data = new byte[packet.getLength()];
      System.arraycopy(packet.getData(), packet.getOffset(), data, 0, data.length);
      return new DatagramPacket(data, data.length, packet.getSocketAddress());
    }

    /// A packet that cannot be sent is lost, as packets may be; Kwik would end the connection.
    @Override
    public void send(DatagramPacket packet) {
      if (hasVersion(packet) && !maySend(packet)) {
        counters.packetsHeldBack.increment();
        return;
      }
      try {
        socket.send(packet);
      } catch (IOException e) {
        counters.packetsUnsent.increment();
      }
    }

    private boolean maySend(DatagramPacket packet) {
      return handshakes.maySend(
          (InetSocketAddress) packet.getSocketAddress(),
          ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength()));
    }

    @Override
    public int getLocalPort() {
      return socket.getLocalPort();
    }

    /// Leaves the real socket open for the other views; the thread in [#receive] is let go by the
    /// interrupt or the closing of the port that follows.
    @Override
    public synchronized void close() {
      closed = true;
      notifyAll();
      super.close();
    }
  }
}
