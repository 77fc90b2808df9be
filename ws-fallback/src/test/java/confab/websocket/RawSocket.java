package confab.websocket;

import confab.protocol.Request;
import confab.rig.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// WebSocket by hand, for what a well-behaved library would not do.
final class RawSocket implements AutoCloseable {
  private final Socket socket = new Socket();

  /// With a small receive buffer, so that not reading is felt at once.
  RawSocket(int port) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(Patience.millis());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  void upgrade(String pathAndQuery) throws IOException {
    write(
        ("GET "
                + pathAndQuery
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /// Upgrades and enters the room.
  void enter(String pathAndQuery) throws IOException {
    upgrade(pathAndQuery);
    readHead();
    byte[] request = new Request.Enter().toBytes();
    frame(0x82, ByteBuffer.allocate(1 + request.length).put((byte) 0).put(request).array());
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Sends one frame, masked with zeros.
  ///
  /// @param first FIN, reserved bits and opcode (RFC 6455 §5.2)
  void frame(int first, byte[] payload) throws IOException {
    var bytes = ByteBuffer.allocate(14 + payload.length).put((byte) first);
    if (payload.length < 126) {
      bytes.put((byte) (0x80 | payload.length));
    } else {
      bytes.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    bytes.putInt(0).put(payload).flip();
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    write(frame);
  }

  String readHead() throws IOException {
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  String readText(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  /// Reads frames up to a close frame; its code, or -1 when the connection ends without one.
  int readCloseCode() throws IOException {
    ByteBuffer payload = readClose();
    return payload.hasRemaining() ? payload.getChar() : -1;
  }

  /// The same with the reason: `1002 protocol_violation`.
  String readCloseText() throws IOException {
    ByteBuffer payload = readClose();
    return (int) payload.getChar() + " " + StandardCharsets.UTF_8.decode(payload);
  }

  private ByteBuffer readClose() throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      int first = in.read();
      if (first < 0) {
        return ByteBuffer.allocate(0);
      }
      int length = in.read();
      if (length == 126) {
        length = in.read() << 8 | in.read();
      }
      byte[] payload = in.readNBytes(length);
      if ((first & 0xf) == 8) {
        return ByteBuffer.wrap(payload);
      }
    }
  }

  /// Reads until the other side ends; how many bytes there were.
  int drain() throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (java.net.SocketException e) {
      // A reset ends it, too.
    }
    return all.size();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
