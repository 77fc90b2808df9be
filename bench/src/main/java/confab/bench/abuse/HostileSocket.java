package confab.bench.abuse;

import confab.protocol.CloseReason;
import confab.protocol.Request;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/// A WebSocket made by hand: it has an address of one's choice, and breaks the rules where that is
/// wanted. It reads and forgets what comes.
final class HostileSocket implements AutoCloseable {
  /// Its fate as long as it has none.
  static final String OPEN = "open";

  /// It ended without a word.
  static final String CUT = "cut off";

  private static final int FIN_BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int CLOSE = 8;
  private static final int CLOSE_CODES = 4000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final String UPGRADE =
      """
      GET /ws?room=%s&user=%s HTTP/1.1\r
      Host: 127.0.0.1\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
      \r
      """;

  private final Socket socket = new Socket();
  private volatile String fate = OPEN;

  private HostileSocket() {}

  /// Whether it came to anything its fate tells.
  static HostileSocket open(InetAddress from, Target target, String room, String user) {
    var made = new HostileSocket();
    try {
      Tcp.connect(made.socket, from, target.http());
      var in = new DataInputStream(new BufferedInputStream(made.socket.getInputStream()));
      int status = Tcp.status(made.socket, in, UPGRADE.formatted(room, user));
      made.socket.setSoTimeout(0);
      if (status == 101) {
        Thread.startVirtualThread(() -> made.read(in));
      } else {
        made.fate = "refused with " + status;
      }
    } catch (IOException e) {
      made.fate = CUT;
    }
    return made;
  }

  /// Enters the room and stays in it by pings.
  HostileSocket enter() {
    if (request(new Request.Enter())) {
      Thread.startVirtualThread(this::stay);
    }
    return this;
  }

  private void stay() {
    try {
      do {
        Thread.sleep(HEARTBEAT);
      } while (request(new Request.Ping(0)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(DataInputStream in) {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0xf;
        int given = in.readUnsignedByte() & 0x7f;
        long length = given == 126 ? in.readUnsignedShort() : given == 127 ? in.readLong() : given;
        if (opcode == CLOSE && length >= 2) {
          int code = in.readUnsignedShort();
          end(code < CLOSE_CODES ? "closed with " + code : reason(code));
          return;
        }
        in.skipNBytes(length);
      }
    } catch (IOException e) {
      end(CUT);
    }
  }

  private static String reason(int code) {
    return CloseReason.fromCode(code - CLOSE_CODES).wireName();
  }

  private synchronized void end(String how) {
    if (isOpen()) {
      fate = how;
    }
  }

  /// @return whether it went
  boolean request(Request request) {
    return control(request.toBytes());
  }

  /// A control message of these bytes.
  boolean control(byte[] bytes) {
    return send(ByteBuffer.allocate(1 + bytes.length).put((byte) 0).put(bytes).array());
  }

  /// A binary message, of less than 64 KiB. Its mask is zero, so that it goes as it is.
  boolean send(byte[] message) {
    ByteBuffer frame = ByteBuffer.allocate(8 + message.length).put((byte) FIN_BINARY);
    if (message.length < 126) {
      frame.put((byte) (MASKED | message.length));
    } else {
      frame.put((byte) (MASKED | 126)).putShort((short) message.length);
    }
    frame.putInt(0).put(message);
    synchronized (socket) {
      try {
        socket.getOutputStream().write(frame.array(), 0, frame.position());
        return isOpen();
      } catch (IOException e) {
        return false;
      }
    }
  }

  boolean isOpen() {
    return fate.equals(OPEN);
  }

  String fate() {
    return fate;
  }

  /// The fate, for which it waits so long.
  String awaitFate(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (isOpen() && System.nanoTime() - end < 0) {
      Thread.sleep(10);
    }
    return fate;
  }

  /// Without a word.
  @Override
  public void close() {
    Tcp.close(socket);
  }
}
