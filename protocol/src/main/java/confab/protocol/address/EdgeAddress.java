package confab.protocol.address;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an edge is dialled; see `docs/PROTOCOL.md` section 2.1.
///
/// @param name tells the edges of a deployment apart
/// @param webTransport null when the edge has none
/// @param certificateHashes base64 of SHA-256; empty when ordinary trust decides
/// @param webSocket null when the edge has none
public record EdgeAddress(
    String name,
    @Nullable URI webTransport,
    List<String> certificateHashes,
    @Nullable URI webSocket) {

  JsonObject toJson() {
    JsonObject edge = new JsonObject();
    edge.addProperty("name", name);
    if (webTransport != null) {
      JsonArray hashes = new JsonArray();
      certificateHashes.forEach(hashes::add);
      JsonObject dial = dial(webTransport);
      dial.add("certificateHashes", hashes);
      edge.add("webtransport", dial);
    }
    if (webSocket != null) {
      edge.add("websocket", dial(webSocket));
    }
    return edge;
  }

  private static JsonObject dial(URI url) {
    JsonObject transport = new JsonObject();
    transport.addProperty("url", url.toString());
    return transport;
  }

  /// @throws IllegalArgumentException when it has no name
  static EdgeAddress parse(JsonObject edge) {
    JsonElement name = edge.get("name");
    if (name == null) {
      throw new IllegalArgumentException("an edge without a name");
    }
    JsonObject webTransport = edge.getAsJsonObject("webtransport");
    JsonObject webSocket = edge.getAsJsonObject("websocket");
    List<String> hashes = new ArrayList<>();
    if (webTransport != null) {
      array(webTransport, "certificateHashes").forEach(hash -> hashes.add(hash.getAsString()));
    }
    return new EdgeAddress(
        name.getAsString(), url(webTransport), List.copyOf(hashes), url(webSocket));
  }

  private static @Nullable URI url(@Nullable JsonObject transport) {
    return transport == null || !transport.has("url")
        ? null
        : URI.create(transport.get("url").getAsString());
  }

  static JsonArray array(JsonObject object, String name) {
    JsonElement array = object.get(name);
    return array == null ? new JsonArray() : array.getAsJsonArray();
  }

  public boolean isSameEdge(EdgeAddress other) {
    return name.equals(other.name);
  }
}
