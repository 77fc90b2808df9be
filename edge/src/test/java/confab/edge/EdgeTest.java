package confab.edge;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.edge.EdgeConfig.PemFiles;
import confab.edge.EdgeConfig.Ports;
import confab.protocol.Frame;
import confab.rig.Patience;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edge from its start to its end.
class EdgeTest {
  private static final InetAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0).getAddress();

  /// The value of a metric.
  ///
  /// @param series name and labels as Prometheus writes them
  private static double metric(Edge edge, String series) throws Exception {
    String text = Http.get(edge.httpAddress(), "/metrics").body();
    String line =
        text.lines().filter(each -> each.startsWith(series + " ")).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(series.length() + 1));
  }

  @Test
  void metricsTellWhoIsThereAndWhatWasCarried() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      var address = edge.httpAddress();
      WebSocket alice = Http.joinAndWait(address, "room=demo&user=alice");
      WebSocket bob = Http.joinAndWait(address, "room=demo&user=bob");
      assertThat(metric(edge, "confab_sessions{transport=\"websocket\"}")).isEqualTo(2);
      byte[] bundle = new Frame(false, 0, 0, 1, 0, new byte[100]).toBundle();
      alice.sendBinary(ByteBuffer.wrap(bundle), true).join();
      alice.sendBinary(ByteBuffer.wrap(new byte[] {-1, 2, 3}), true).join();

      await()
          .until(
              () ->
                  metric(
                          edge,
                          "confab_media_dropped_total{reason=\"malformed\","
                              + "transport=\"websocket\"}")
                      == 1);
      assertThat(metric(edge, "confab_sessions{transport=\"webtransport\"}")).isZero();
      assertThat(metric(edge, "confab_rooms")).isEqualTo(1);
      assertThat(metric(edge, "confab_media_frames_in_total{transport=\"websocket\"}"))
          .isEqualTo(1);
      assertThat(metric(edge, "confab_media_bytes_in_total{transport=\"websocket\"}"))
          .isEqualTo(116);
      await()
          .until(() -> metric(edge, "confab_media_frames_out_total{transport=\"websocket\"}") == 1);
      assertThat(metric(edge, "process_resident_memory_bytes")).isGreaterThan(1e6);
      String all = Http.get(address, "/metrics").body();
      assertThat(all).contains("process_cpu_usage", "jvm_memory_used_bytes", "jvm_threads_live");
      assertThat(all).contains("confab_webtransport_open_connections");
      bob.abort();
    }
  }

  @Test
  void aRunningEdgeIsAliveAndReady() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      assertThat(Http.get(edge.httpAddress(), "/healthz").statusCode()).isEqualTo(200);
      assertThat(Http.get(edge.httpAddress(), "/readyz").body()).isEqualTo("ready\n");
    }
  }

  @Test
  void readinessIsNotLiveness() throws Exception {
    var fault = new AtomicReference<Optional<String>>(Optional.empty());
    var health = new Health(fault::get);
    var server =
        io.undertow.Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(health::readiness)
            .build();
    server.start();
    try {
      var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
      assertThat(Http.get(address, "/").statusCode()).isEqualTo(503);
      health.ready();
      assertThat(Http.get(address, "/").body()).isEqualTo("ready\n");
      fault.set(Optional.of("no way"));
      assertThat(Http.get(address, "/").statusCode()).isEqualTo(200);
      assertThat(Http.get(address, "/").body()).isEqualTo("degraded: no way\n");
      health.draining();
      assertThat(Http.get(address, "/").statusCode()).isEqualTo(503);
    } finally {
      server.stop();
    }
  }

  @Test
  void closingTellsThoseWhoAreThere() throws Exception {
    Edge edge = Edge.start(EdgeConfig.onLoopback());
    var closed = new CompletableFuture<String>();
    Http.join(
        edge.httpAddress(),
        "room=demo&user=alice",
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
          }
        });
    var quicAddress = edge.quicAddress();
    edge.close();
    assertThat(closed.get(Patience.seconds(), TimeUnit.SECONDS)).isEqualTo("4005 shutdown");
    edge.close();
    try (var http = new ServerSocket(edge.httpAddress().getPort(), 1, LOOPBACK)) {
      assertThat(http.isBound()).isTrue();
    }
    // The thread that reads the UDP socket lets go of it a moment later.
    await()
        .ignoreException(BindException.class)
        .until(
            () -> {
              new DatagramSocket(quicAddress).close();
              return true;
            });
  }

  @Test
  void aTcpPortInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, LOOPBACK)) {
      int port = taken.getLocalPort();
      var clear = EdgeConfig.onLoopback().withPorts(new Ports(port, 0, 0));
      int other = freePort();
      var tls = EdgeConfig.onLoopback().withPorts(new Ports(other, port, 0));
      assertThatThrownBy(() -> Edge.start(clear))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("cannot listen on TCP port " + port);
      assertThatThrownBy(() -> Edge.start(tls))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("cannot listen on TCP port " + port);
      // Nothing is kept by an edge that did not start.
      new ServerSocket(other, 1, LOOPBACK).close();
    }
  }

  private static int freePort() throws IOException {
    try (var found = new ServerSocket(0, 1, LOOPBACK)) {
      return found.getLocalPort();
    }
  }

  @Test
  void aUdpPortInUseIsNamed() throws Exception {
    try (var taken = new DatagramSocket(0, LOOPBACK)) {
      var config = EdgeConfig.onLoopback().withPorts(new Ports(0, 0, taken.getLocalPort()));
      assertThatThrownBy(() -> Edge.start(config))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("cannot listen on UDP port " + taken.getLocalPort());
    }
  }

  @Test
  void aCertificateThatCannotBeReadIsNamedInOneLine(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    var config = EdgeConfig.onLoopback().withTls(new PemFiles(certificate, key));
    assertThatThrownBy(() -> Edge.start(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cert.pem")
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("\n"));

    Files.writeString(certificate, "nonsense");
    Files.writeString(key, "nonsense");
    assertThatThrownBy(() -> Edge.start(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cert.pem");
  }
}
