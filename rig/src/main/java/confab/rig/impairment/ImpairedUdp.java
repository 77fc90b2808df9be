package confab.rig.impairment;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A UDP link between participants and an edge that delays, loses and reorders what it carries, the
/// same way for the same seed and order of packets. Participants who dial it share it.
///
/// Queue: the packets under way, at most [#CAPACITY]; what comes when there are so many is lost, as
/// in a router. The threads that read put, one thread takes.
public final class ImpairedUdp extends ImpairedLink {
  private static final int CAPACITY = 10_000;

  private final LongAdder carried = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final DatagramSocket front;
  private final DelayQueue<Flight> flights = new DelayQueue<>();
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private final Thread pilot;

  /// A packet on its way.
  private record Flight(
      byte[] data, DatagramSocket from, @Nullable SocketAddress to, long arrivesAt)
      implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(arrivesAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(arrivesAt, ((Flight) other).arrivesAt);
    }
  }

  /// @param edge only its port counts: it is on this machine
  public ImpairedUdp(InetSocketAddress edge, Impairment impairment) throws IOException {
    super(edge, impairment);
    front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::readFront);
    pilot = Thread.ofPlatform().daemon().start(this::land);
  }

  @Override
  public int port() {
    return front.getLocalPort();
  }

  /// Packets that came, both ways, those lost included.
  public long carried() {
    return carried.sum();
  }

  public long lost() {
    return lost.sum();
  }

  private void readFront() {
    try {
      while (true) {
        DatagramPacket packet = receive(front);
        SocketAddress participant = packet.getSocketAddress();
        DatagramSocket back = backs.get(participant);
        if (back == null) {
          DatagramSocket opened = new DatagramSocket(0, InetAddress.getLoopbackAddress());
          backs.put(participant, opened);
          Thread.ofVirtual().start(() -> readBack(opened, participant));
          back = opened;
        }
        launch(toEdge, packet, back, edge);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void readBack(DatagramSocket back, SocketAddress participant) {
    try {
      while (true) {
        launch(fromEdge, receive(back), front, participant);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    return packet;
  }

  private void launch(Line line, DatagramPacket packet, DatagramSocket from, SocketAddress to) {
    carried.increment();
    Line.Fate fate = line.next(packet.getLength());
    if (fate.lost() || flights.size() >= CAPACITY) {
      lost.increment();
      return;
    }
    byte[] data = Arrays.copyOf(packet.getData(), packet.getLength());
    flights.add(new Flight(data, from, to, fate.arrivesAt()));
  }

  private void land() {
    try {
      while (true) {
        Flight flight = flights.take();
        try {
          flight.from().send(new DatagramPacket(flight.data(), flight.data().length, flight.to()));
        } catch (IOException e) {
          // The socket is closed: nobody waits for it.
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    pilot.interrupt();
    front.close();
    backs.values().forEach(DatagramSocket::close);
  }
}
