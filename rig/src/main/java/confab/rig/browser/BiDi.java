package confab.rig.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.rig.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A connection to a browser that speaks WebDriver BiDi (https://w3c.github.io/webdriver-bidi/):
/// commands and their results; events are not listened to.
final class BiDi implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final WebSocket socket;

  BiDi(URI url) {
    socket = http.newWebSocketBuilder().buildAsync(url, new Answers()).join();
  }

  /// Sends a command and waits for its result.
  JsonObject command(String method, JsonObject parameters) throws Exception {
    int id = lastId.incrementAndGet();
    var result = new CompletableFuture<JsonObject>();
    awaited.put(id, result);
    var command = new JsonObject();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    socket.sendText(command.toString(), true).join();
    JsonObject answer = result.get(Patience.seconds(), TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer);
    }
    return answer.getAsJsonObject("result");
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        JsonElement id = message.get("id");
        CompletableFuture<JsonObject> result = id == null ? null : awaited.remove(id.getAsInt());
        if (result != null) {
          result.complete(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
