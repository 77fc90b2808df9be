package confab.load;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.edge.Edge;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The tool in this process, as the command line starts it, with somebody watching its progress.
final class Load {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> code;

  private Load(List<String> arguments) {
    code =
        CompletableFuture.supplyAsync(
            () -> Main.run(printer(out), printer(err), true, arguments.toArray(String[]::new)),
            task -> Thread.ofVirtual().start(task));
  }

  /// @param options separated by blanks
  static Load start(String url, String options) {
    List<String> arguments = new ArrayList<>(List.of("--url", url));
    if (!options.isEmpty()) {
      arguments.addAll(List.of(options.split(" ")));
    }
    return new Load(arguments);
  }

  static String url(Edge edge) {
    InetSocketAddress address = edge.httpAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /// Frames that the edge has dropped so far, as it tells itself.
  static long dropped(Edge edge) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url(edge) + "/metrics")).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(
              line -> line.matches("confab_(media_dropped|webtransport_datagrams_lost)_total.*"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  private static PrintStream printer(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  /// Waits for the end.
  int code() {
    return code.join();
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// Lines for a person, without progress, which overwrites itself.
  List<String> complaints() {
    return err()
        .replace("\033[K", "")
        .lines()
        .filter(line -> line.startsWith("confab: "))
        .filter(line -> !line.contains("this tool was the bottleneck"))
        .toList();
  }

  JsonObject json() {
    return JsonParser.parseString(out()).getAsJsonObject();
  }

  long number(String key) {
    return json().get(key).getAsLong();
  }
}
