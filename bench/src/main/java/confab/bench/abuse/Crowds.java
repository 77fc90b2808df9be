package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Connections that are held and not used.
final class Crowds {
  private static final String SLOW_BODY =
      "POST /api/v1/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n";

  /// The type of a handshake record, and nothing behind it.
  private static final byte[] BEGUN = {22};

  private Crowds() {}

  static Outcome nothing(Target target) throws Exception {
    target.begin().await();
    return new Outcome("–", true);
  }

  /// A hostile client takes the connections that a port has.
  static Outcome idleConnections(Target target) throws Exception {
    return hold(target, 3_000, target.http(), _ -> Target.oneAddress(), new byte[0]);
  }

  /// The same on the port for HTTPS, in the middle of a handshake.
  static Outcome silentHandshakes(Target target) throws Exception {
    return hold(target, 1_000, target.https(), _ -> Target.oneAddress(), BEGUN);
  }

  /// Hostile clients make the edge keep buffers for bodies that hardly come.
  static Outcome slowBodies(Target target) throws Exception {
    byte[] head = SLOW_BODY.getBytes(StandardCharsets.US_ASCII);
    return hold(target, 1_000, target.http(), index -> Target.address(index % 10), head);
  }

  /// @param begin what each says at first; a byte a second follows where it is a request
  private static Outcome hold(
      Target target, int count, InetSocketAddress to, IntFunction<InetAddress> from, byte[] begin)
      throws Exception {
    Target.Clock clock = target.begin();
    List<Socket> sockets = new ArrayList<>();
    int refused = 0;
    try {
      for (int i = 0; i < count && clock.runs(); i++) {
        try {
          Socket socket = Tcp.connect(from.apply(i), to);
          sockets.add(socket);
          socket.getOutputStream().write(begin);
        } catch (IOException e) {
          refused++;
        }
      }
      if (begin.length > 1) {
        clock.pace(1, _ -> sockets.forEach(Crowds::drip));
      }
      clock.await();
      long held = sockets.stream().filter(Crowds::isHeld).count();
      int begun = sockets.size();
      return new Outcome(
          "%d connected, %d refused, %d held at the end".formatted(begun, refused, held),
          held < count);
    } finally {
      sockets.forEach(Tcp::close);
    }
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      // The edge has hung up.
    }
  }

  private static boolean isHeld(Socket socket) {
    try {
      socket.setSoTimeout(1);
      byte[] answer = new byte[4 << 10];
      int read;
      do {
        read = socket.getInputStream().read(answer);
      } while (read > 0);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Hostile clients are admitted and take no seat.
  static Outcome idleWebSockets(Target target) throws Exception {
    Target.Clock clock = target.begin();
    List<HostileSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2_000 && clock.runs(); i++) {
        sockets.add(HostileSocket.open(Target.address(i % 100), target, "lobby" + i % 10, "i" + i));
      }
      clock.await();
      return new Outcome(Tally.of(sockets).toString(), true);
    } finally {
      sockets.forEach(HostileSocket::close);
    }
  }
}
