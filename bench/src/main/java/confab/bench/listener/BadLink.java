package confab.bench.listener;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import confab.rig.impairment.ImpairedLink;
import confab.rig.impairment.ImpairedTcp;
import confab.rig.impairment.ImpairedUdp;
import confab.rig.impairment.Impairment;
import confab.rig.process.EdgeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// An edge at the other end of a bad link: an HTTP API that says to dial the link instead of the
/// edge. The API itself is not impaired.
public final class BadLink implements AutoCloseable {
  private static final String API = "/api/v1/session";

  private final String edge;
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer api;
  private final ImpairedUdp udp;
  private final ImpairedTcp tcp;

  public BadLink(EdgeProcess edge, Impairment impairment) throws IOException, InterruptedException {
    this.edge = edge.url();
    JsonObject address = firstEdge(ask("?room=probe&user=probe"));
    udp = new ImpairedUdp(port(address, "webtransport"), impairment);
    tcp = new ImpairedTcp(port(address, "websocket"), impairment);
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(API, this::answer);
    api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    api.start();
  }

  /// Where participants ask for the edge.
  public String url() {
    return "http://127.0.0.1:" + api.getAddress().getPort();
  }

  public int udpPort() {
    return udp.port();
  }

  public int tcpPort() {
    return tcp.port();
  }

  /// In the middle of a call.
  public void change(Consumer<ImpairedLink> change) {
    change.accept(udp);
    change.accept(tcp);
  }

  private JsonObject ask(String query) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(edge + API + query)).build();
    String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonParser.parseString(answer).getAsJsonObject();
  }

  private static JsonObject firstEdge(JsonObject answer) {
    return answer.getAsJsonArray("edges").get(0).getAsJsonObject();
  }

  private static InetSocketAddress port(JsonObject address, String transport) {
    URI url = URI.create(address.getAsJsonObject(transport).get("url").getAsString());
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonObject answer = ask("?" + exchange.getRequestURI().getRawQuery());
      JsonObject address = firstEdge(answer);
      dial(address.getAsJsonObject("webtransport"), "https://127.0.0.1:" + udp.port() + "/wt");
      dial(address.getAsJsonObject("websocket"), "ws://127.0.0.1:" + tcp.port() + "/ws");
      byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void dial(JsonObject transport, String url) {
    transport.addProperty("url", url);
  }

  @Override
  public void close() {
    api.stop(0);
    http.close();
    udp.close();
    tcp.close();
  }
}
