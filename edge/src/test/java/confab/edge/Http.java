package confab.edge;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.protocol.Request;
import confab.rig.Patience;
import confab.rig.hostile.AnyCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks an edge over HTTP.
final class Http {
  private static final HttpClient CLEAR = HttpClient.newHttpClient();

  private Http() {}

  static HttpResponse<String> get(InetSocketAddress address, String pathAndQuery)
      throws IOException, InterruptedException {
    return send(address, "GET", pathAndQuery);
  }

  static HttpResponse<String> send(InetSocketAddress address, String method, String pathAndQuery)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + address.getPort() + pathAndQuery);
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
    return CLEAR.send(request, BodyHandlers.ofString());
  }

  /// @param headers names and values in turn
  static HttpResponse<String> send(
      InetSocketAddress address, String method, String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + address.getPort() + pathAndQuery);
    var request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).headers(headers);
    return CLEAR.send(request.build(), BodyHandlers.ofString());
  }

  /// @param headers names and values in turn
  static HttpResponse<String> post(
      InetSocketAddress address, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).headers(headers);
    return CLEAR.send(request.build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> getSecurely(InetSocketAddress address, String pathAndQuery)
      throws IOException, InterruptedException, GeneralSecurityException {
    var uri = URI.create("https://127.0.0.1:" + address.getPort() + pathAndQuery);
    try (var secure = HttpClient.newBuilder().sslContext(AnyCertificate.taken()).build()) {
      return secure.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  /// Sends `head` as it is; the whole answer. For what a good library would not send.
  static String raw(InetSocketAddress address, String head) throws IOException {
    try (var socket = connect(address)) {
      return exchange(socket, head);
    }
  }

  /// The same over TLS.
  static String rawSecurely(InetSocketAddress address, String head)
      throws IOException, GeneralSecurityException {
    return rawSecurely(address, "localhost", head);
  }

  /// @param host by which the server is asked for
  static String rawSecurely(InetSocketAddress address, String host, String head)
      throws IOException, GeneralSecurityException {
    try (var socket = connectSecurely(address, host)) {
      return exchange(socket, head);
    }
  }

  /// The head of the answer to what is no HTTP/1.1, after which a server may wait for more.
  static String head(InetSocketAddress address, String sent) throws IOException {
    try (var socket = connect(address)) {
      return readHead(socket, sent);
    }
  }

  /// Of the answer only the head is read.
  static String headSecurely(InetSocketAddress address, String host, String head)
      throws IOException, GeneralSecurityException {
    try (var socket = connectSecurely(address, host)) {
      return readHead(socket, head);
    }
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), address.getPort());
  }

  /// Closing the answer closes the plain socket under it.
  private static Socket connectSecurely(InetSocketAddress address, String host)
      throws IOException, GeneralSecurityException {
    return AnyCertificate.taken()
        .getSocketFactory()
        .createSocket(connect(address), host, address.getPort(), true);
  }

  private static String readHead(Socket socket, String sent) throws IOException {
    socket.setSoTimeout(Patience.millis());
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    var answer = new StringBuilder();
    for (int next = 0; next >= 0 && answer.indexOf("\r\n\r\n") < 0; ) {
      next = socket.getInputStream().read();
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static String exchange(Socket socket, String head) throws IOException {
    socket.setSoTimeout(Patience.millis());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  static String error(HttpResponse<String> answer) {
    return json(answer).get("error").getAsString();
  }

  /// A participant on the JDK's WebSocket who only listens; returns when it has been welcomed.
  static java.net.http.WebSocket joinAndWait(InetSocketAddress address, String query)
      throws InterruptedException {
    var welcome = new CountDownLatch(1);
    var socket =
        join(
            address,
            query,
            new java.net.http.WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onBinary(
                  java.net.http.WebSocket from, ByteBuffer data, boolean last) {
                welcome.countDown();
                from.request(1);
                return null;
              }
            });
    if (!welcome.await(Patience.seconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no welcome");
    }
    return socket;
  }

  /// The same without waiting.
  static java.net.http.WebSocket join(
      InetSocketAddress address, String query, java.net.http.WebSocket.Listener listener) {
    var uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/ws?" + query);
    var socket = CLEAR.newWebSocketBuilder().buildAsync(uri, listener).join();
    byte[] enter = new Request.Enter().toBytes();
    var _ =
        socket.sendBinary(
            ByteBuffer.allocate(1 + enter.length).put((byte) 0).put(enter).flip(), true);
    return socket;
  }
}
