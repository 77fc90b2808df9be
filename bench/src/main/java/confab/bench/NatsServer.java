package confab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// One NATS server on a free port of this machine.
@NullMarked
record NatsServer(Process process, int port) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static NatsServer start(Site site, String name) throws Exception {
    int port = freePort();
    Process process =
        site.start(
            name, List.of("nats-server", "--addr", "127.0.0.1", "--port", String.valueOf(port)));
    Patience.await(name, LIMIT, Duration.ofMillis(50), () -> answers(port));
    return new NatsServer(process, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }
}
