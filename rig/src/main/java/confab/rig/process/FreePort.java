package confab.rig.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A TCP port of the loopback address, for servers that cannot take one and say which. It is below
/// those that systems hand out to outgoing connections, so that it stays free until it is used.
public final class FreePort {
  private FreePort() {}

  public static int find() {
    for (int attempt : ThreadLocalRandom.current().ints(100, 20_000, 32_000).toArray()) {
      try (var socket = new ServerSocket(attempt, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IllegalStateException("no free port");
  }
}
