package confab.edge.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of a request, which is one flat object of texts. Only of callers who have shown
/// that they may have it waited for, such as operators.
public final class JsonBody {
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private final JsonObject fields;

  private JsonBody(JsonObject fields) {
    this.fields = fields;
  }

  /// Blocks until the body is there, so the exchange has been dispatched to a thread that may.
  ///
  /// @param allowed the fields that there may be
  /// @throws IllegalArgumentException when it is something else, or too long
  public static JsonBody read(HttpServerExchange exchange, Set<String> allowed) {
    try {
      exchange.startBlocking();
      String text = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      JsonObject fields = GSON.fromJson(text, JsonObject.class);
      if (fields == null || !allowed.containsAll(fields.keySet())) {
        throw new IllegalArgumentException("other fields than there are");
      }
      return new JsonBody(fields);
    } catch (IOException | JsonParseException e) {
      throw new IllegalArgumentException("not to be read", e);
    }
  }

  /// Null when it is not there.
  ///
  /// @throws IllegalArgumentException when it is no text
  public @Nullable String text(String field) {
    if (!fields.has(field)) {
      return null;
    }
    if (fields.get(field) instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw new IllegalArgumentException("no text: " + field);
  }
}
