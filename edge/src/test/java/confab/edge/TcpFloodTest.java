package confab.edge;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.guard.HttpLimits;
import confab.edge.guard.WebConfig;
import confab.edge.http.TrustedProxies;
import confab.frames.Rate;
import confab.rig.Patience;
import confab.rig.hostile.AnyCertificate;
import confab.rig.hostile.Http2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever takes more of the TCP ports than their share loses it, and nobody else notices. Clients
/// have addresses of 127.0.0.0/8, all of which are this machine.
class TcpFloodTest {
  private static final String READY = "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String OTHER = "127.0.0.2";

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static EdgeConfig with(HttpLimits limits) {
    return EdgeConfig.onLoopback().withWeb(WebConfig.DEFAULT.withLimits(limits));
  }

  private Socket connect(String from, InetSocketAddress to) throws IOException {
    var socket = new Socket();
    sockets.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(Patience.millis());
    socket.connect(to);
    return socket;
  }

  private List<Socket> connect(int count, String from, InetSocketAddress to) throws IOException {
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(connect(from, to));
    }
    return all;
  }

  private static String ask(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var answer = new StringBuilder();
    while (!answer.toString().contains("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  /// As the heap has it after a collection.
  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// Each has a thread of its own, which once kept a buffer: 44 MB after 2,000 of them.
  @Test
  void requestsOfTheApiLeaveNothingBehind() throws Exception {
    String request = "GET /api/v1/rooms/none HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      ask(connect(OTHER, edge.httpAddress()), request);
      long before = usedBytes();
      for (int i = 0; i < 2_000; i++) {
        Socket socket = connect("127.5.0." + (1 + i % 50), edge.httpAddress());
        assertThat(ask(socket, request)).startsWith("HTTP/1.1 4");
        socket.close();
      }
      sockets.clear();
      await().until(() -> usedBytes() - before < 16_000_000);
    }
  }

  /// Whether the edge has hung up; waits until it has.
  private static boolean ends(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static double refused(Edge edge, String limit) throws Exception {
    String series = "confab_http_refused_total{limit=\"" + limit + "\"} ";
    String text = Http.get(edge.httpAddress(), "/metrics").body();
    return text.lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneAddressHasOnlySoManyConnections() throws Exception {
    try (Edge edge = Edge.start(with(HttpLimits.DEFAULT.withConnections(1000, 20)))) {
      for (InetSocketAddress port : List.of(edge.httpAddress(), edge.httpsAddress())) {
        double before = refused(edge, "connections");
        List<Socket> flood = connect(300, OTHER, port);
        assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
        WebSocket alice = Http.joinAndWait(edge.httpAddress(), "room=demo&user=alice");
        await().until(() -> refused(edge, "connections") >= before + 280);
        alice.abort();
        for (Socket each : flood) {
          each.close();
        }
        // Places come back.
        await()
            .ignoreExceptions()
            .until(() -> ask(connect(OTHER, edge.httpAddress()), READY).contains("200"));
      }
    }
  }

  @Test
  void sessionsAndProxiesTakeNoPlaces() throws Exception {
    var limits = HttpLimits.DEFAULT.withConnections(1000, 3);
    try (Edge edge = Edge.start(with(limits))) {
      for (int i = 0; i < 8; i++) {
        Http.joinAndWait(edge.httpAddress(), "room=demo&user=u" + i);
      }
      assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
    }
    var proxies = TrustedProxies.at(InetAddress.ofLiteral(OTHER));
    try (Edge edge = Edge.start(with(limits).withTrustedProxies(proxies))) {
      for (Socket each : connect(8, OTHER, edge.httpAddress())) {
        assertThat(ask(each, READY)).contains("200");
      }
    }
  }

  @Test
  void whoAsksForNothingIsCutOff() throws Exception {
    var limits = HttpLimits.DEFAULT.withFirstRequest(Duration.ofMillis(300));
    try (Edge edge = Edge.start(with(limits))) {
      Socket useful = connect("127.0.0.1", edge.httpAddress());
      assertThat(ask(useful, READY)).contains("200");
      Socket silent = connect(OTHER, edge.httpAddress());
      Socket withoutHandshake = connect(OTHER, edge.httpsAddress());
      Socket slow = connect(OTHER, edge.httpAddress());
      slow.getOutputStream()
          .write("GET /readyz HTTP/1.1\r\nHost:".getBytes(StandardCharsets.UTF_8));
      var shaken = (SSLSocket) secure(connect(OTHER, edge.httpsAddress()));
      shaken.startHandshake();
      for (Socket each : List.of(silent, withoutHandshake, slow, shaken)) {
        assertThat(ends(each)).isTrue();
      }
      assertThat(refused(edge, "silent")).isGreaterThanOrEqualTo(3);
      assertThat(ask(useful, READY)).contains("200");
    }
  }

  private static Socket secure(Socket plain) throws Exception {
    return AnyCertificate.taken().getSocketFactory().createSocket(plain, "localhost", 1, true);
  }

  /// More than all may have: those end that nobody misses.
  @Test
  void aCrowdThatSaysNothingCostsNobodyElseTheConnection() throws Exception {
    try (Edge edge = Edge.start(with(HttpLimits.DEFAULT.withConnections(30, 20)))) {
      Socket visitor = connect("127.0.0.1", edge.httpAddress());
      assertThat(ask(visitor, READY)).contains("200");
      List<Socket> crowd = new ArrayList<>();
      for (int i = 10; i < 30; i++) {
        crowd.addAll(connect(10, "127.0.0." + i, edge.httpAddress()));
      }
      assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
      for (Socket each : crowd.subList(0, 150)) {
        assertThat(ends(each)).isTrue();
      }
      assertThat(refused(edge, "crowded_out")).isGreaterThanOrEqualTo(170);
      assertThat(ask(visitor, READY)).contains("200");
    }
  }

  @Test
  void whoAsksTooMuchIsRefusedForAWhile() throws Exception {
    var enough = new Rate(100, 1000);
    var limits = HttpLimits.DEFAULT.withRates(new Rate(0.01, 5), enough, enough);
    try (Edge edge = Edge.start(with(limits))) {
      Socket flood = connect(OTHER, edge.httpAddress());
      for (int i = 0; i < 5; i++) {
        assertThat(ask(connect(OTHER, edge.httpAddress()), READY)).contains("200");
      }
      assertThat(ask(flood, READY)).contains("429 ", "Retry-After: ");
      assertThat(ends(connect(OTHER, edge.httpAddress()))).isTrue();
      assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
      assertThat(refused(edge, "requests")).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void bodiesAreNotWaitedFor() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      Socket slow = connect(OTHER, edge.httpAddress());
      String post = "POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx";
      assertThat(ask(slow, post)).contains("201 ", "Connection: close");
      slow.getInputStream().readAllBytes();
      Socket chunked = connect(OTHER, edge.httpAddress());
      String endless =
          "POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n";
      assertThat(ask(chunked, endless)).contains("201 ");
      chunked.getInputStream().readAllBytes();
    }
  }

  /// Streams that are reset as soon as they are opened (CVE-2023-44487).
  @Test
  void repeatedResetsEndTheConnection() throws Exception {
    var enough = new Rate(100, 1000);
    var limits = HttpLimits.DEFAULT.withRates(new Rate(0.01, 50), enough, enough);
    try (Edge edge = Edge.start(with(limits))) {
      Socket socket = http2(edge);
      assertThat(isCutOff(socket, Http2::resetRequest)).isTrue();
      assertThat(refused(edge, "requests")).isPositive();
      assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
    }
  }

  /// Of what no request is.
  @Test
  void aFloodOfPingsEndsTheConnection() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      byte[] acknowledgement = Http2.frame(6, 1, 0, new byte[8]);
      assertThat(isCutOff(http2(edge), stream -> acknowledgement)).isTrue();
      assertThat(refused(edge, "bytes")).isEqualTo(1);
    }
  }

  private Socket http2(Edge edge) throws Exception {
    var socket = (SSLSocket) secure(connect(OTHER, edge.httpsAddress()));
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    socket.getOutputStream().write(Http2.opening());
    return socket;
  }

  /// Whether the edge ends the connection while all that is sent on it.
  private static boolean isCutOff(Socket socket, IntFunction<byte[]> ofStream) {
    try {
      for (int i = 0; i < 200_000; i++) {
        socket.getOutputStream().write(ofStream.apply(1 + 2 * i));
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
