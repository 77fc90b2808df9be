package confab.load.link;

import confab.participant.net.Addresses;
import confab.protocol.address.Authority;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Which address of an edge's name answers. All participants of a load go there, so it is asked for
/// once, before the first of them comes.
public final class Reachable {
  private static final int PATIENCE_MILLIS = 1_000;

  /// A version of QUIC that nobody speaks: whoever speaks another one has to say so (RFC 9000
  /// section 6), if the packet is no shorter than this.
  private static final int NO_VERSION = 0x1a2a3a4a;

  private static final int LEAST_BYTES = 1200;
  private static final byte LONG_HEADER = (byte) 0xc0;
  private static final int ID_BYTES = 8;

  private Reachable() {}

  private interface Probe {
    void ask(InetSocketAddress address) throws IOException;
  }

  /// Blocks for some seconds at most. The first address when none answers, which participants will
  /// tell in their own words; the only one without asking.
  ///
  /// @throws LoadException when the name is unknown
  public static InetSocketAddress overTcp(URI url) throws LoadException {
    return find(url, Reachable::connect);
  }

  /// As [#overTcp].
  public static InetSocketAddress overQuic(URI url) throws LoadException {
    return find(url, Reachable::negotiate);
  }

  private static InetSocketAddress find(URI url, Probe probe) throws LoadException {
    Authority edge = Authority.in(url);
    try {
      var all =
          Addresses.of(edge.bareHost()).stream()
              .map(each -> at(each, edge.portOr(url.getScheme())))
              .toList();
      return all.size() == 1
          ? all.getFirst()
          : all.stream().filter(each -> answers(each, probe)).findFirst().orElse(all.getFirst());
    } catch (UnknownHostException e) {
      throw new LoadException("unknown host " + edge.host());
    }
  }

  private static InetSocketAddress at(InetAddress address, int port) {
    return new InetSocketAddress(address, port);
  }

  private static boolean answers(InetSocketAddress address, Probe probe) {
    try {
      probe.ask(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void connect(InetSocketAddress address) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
    }
  }

  private static void negotiate(InetSocketAddress address) throws IOException {
    try (var socket = new DatagramSocket()) {
      // A connected socket hears that nobody listens there.
      socket.connect(address);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var packet = ByteBuffer.allocate(LEAST_BYTES);
      packet.put(LONG_HEADER).putInt(NO_VERSION);
      packet.put((byte) ID_BYTES).putLong(System.nanoTime());
      packet.put((byte) ID_BYTES).putLong(System.nanoTime());
      socket.send(new DatagramPacket(packet.array(), LEAST_BYTES));
      socket.receive(new DatagramPacket(new byte[LEAST_BYTES], LEAST_BYTES));
    }
  }
}
