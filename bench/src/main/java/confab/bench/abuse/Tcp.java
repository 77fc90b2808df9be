package confab.bench.abuse;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// HTTP/1.1 by hand, from an address of one's choice.
final class Tcp {
  /// An edge that takes longer counts as one that has hung up.
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int MOST_OF_A_HEAD = 8 << 10;

  private Tcp() {}

  static void connect(Socket socket, InetAddress from, InetSocketAddress to) throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout((int) LIMIT.toMillis());
    socket.connect(to, (int) LIMIT.toMillis());
  }

  static Socket connect(InetAddress from, InetSocketAddress to) throws IOException {
    var socket = new Socket();
    try {
      connect(socket, from, to);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /// Of the answer, whose body is read as well when its length is given.
  static int status(Socket socket, DataInputStream in, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_OF_A_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no answer");
      }
      head.append((char) next);
    }
    String length = "\r\ncontent-length: ";
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf(length);
    if (at >= 0) {
      int from = at + length.length();
      in.skipNBytes(Long.parseLong(lower.substring(from, lower.indexOf('\r', from)).strip()));
    }
    return Integer.parseInt(lower.split(" ", 3)[1]);
  }

  /// A request on a connection of its own.
  static String answer(InetAddress from, InetSocketAddress to, String request) {
    try (Socket socket = connect(from, to)) {
      return String.valueOf(status(socket, new DataInputStream(socket.getInputStream()), request));
    } catch (IOException e) {
      return HostileSocket.CUT;
    }
  }

  static void close(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      // It is gone all the same.
    }
  }
}
