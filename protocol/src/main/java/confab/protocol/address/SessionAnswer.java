package confab.protocol.address;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/// What the session API answers (`GET /api/v1/session`): where to connect, and by what.
///
/// @param edges the one to prefer first
/// @param ticket to be shown to the edge that is dialled; empty where none is needed
public record SessionAnswer(List<EdgeAddress> edges, String ticket) {
  public SessionAnswer {
    edges = List.copyOf(edges);
  }

  public String write() {
    JsonArray array = new JsonArray();
    edges.forEach(edge -> array.add(edge.toJson()));
    JsonObject answer = new JsonObject();
    answer.add("edges", array);
    if (!ticket.isEmpty()) {
      answer.addProperty("ticket", ticket);
    }
    return answer.toString();
  }

  /// Reads what [#write] writes; fields that it does not know are skipped.
  ///
  /// @throws IllegalArgumentException when this is no answer about a session
  public static SessionAnswer parse(String json) {
    try {
      JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
      List<EdgeAddress> edges = new ArrayList<>();
      for (JsonElement edge : EdgeAddress.array(answer, "edges")) {
        edges.add(EdgeAddress.parse(edge.getAsJsonObject()));
      }
      JsonElement ticket = answer.get("ticket");
      return new SessionAnswer(edges, ticket == null ? "" : ticket.getAsString());
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException e) {
      // Gson has all of these for a value of another kind than asked for.
      throw new IllegalArgumentException("no list of edges", e);
    }
  }
}
