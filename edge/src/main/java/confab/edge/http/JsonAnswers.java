package confab.edge.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/// Sends answers in JSON, and so ends their exchanges. Used on any thread that owns one.
public final class JsonAnswers {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private JsonAnswers() {}

  /// @param answer its components are the fields of the JSON
  public static void send(HttpServerExchange exchange, int status, Record answer) {
    send(exchange, status, GSON.toJson(answer));
  }

  public static void send(HttpServerExchange exchange, int status, String json) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(json);
  }
}
