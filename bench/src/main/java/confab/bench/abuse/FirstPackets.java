package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import confab.bench.abuse.Target.Clock.Deed;
import confab.rig.hostile.FirstPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/// Packets that look like the beginning of a QUIC connection. Those who send them have no
/// connection to be closed: what becomes of them is counted by the edge.
final class FirstPackets {
  private static final int PER_SECOND = 2_000;
  private static final int ADDRESSES = 1_000;
  private static final int PORTS = 200;

  private FirstPackets() {}

  /// A hostile client takes places of the handshakes for a byte each.
  static Outcome tooShort(Target target) throws Exception {
    return flood(target, PORTS, _ -> Target.oneAddress(), 1);
  }

  /// A hostile client makes the edge begin handshakes that nobody goes on with.
  static Outcome fromOne(Target target) throws Exception {
    return flood(target, PORTS, _ -> Target.oneAddress(), FirstPacket.BYTES);
  }

  /// The same with addresses that are made up.
  static Outcome fromMany(Target target) throws Exception {
    return flood(target, ADDRESSES, Target::address, FirstPacket.BYTES);
  }

  private interface Source {
    InetAddress of(int index);
  }

  private static Outcome flood(Target target, int sources, Source source, int bytes)
      throws Exception {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < sources; i++) {
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(source.of(i), 0));
      }
      target.begin().pace(PER_SECOND, packets(channels, target.quic(), bytes));
    } finally {
      channels.forEach(Tcp::close);
    }
    return new Outcome("–", true);
  }

  private static Deed packets(List<DatagramChannel> channels, InetSocketAddress to, int bytes) {
    return index -> {
      DatagramChannel channel = channels.get(index % channels.size());
      try {
        int _ = channel.send(ByteBuffer.wrap(FirstPacket.of(index), 0, bytes), to);
      } catch (IOException e) {
        // The kernel takes no more just now.
      }
    };
  }
}
