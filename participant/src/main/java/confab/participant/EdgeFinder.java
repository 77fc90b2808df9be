package confab.participant;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import confab.protocol.EdgeAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// Asks the HTTP API of a deployment which edges would admit a participant now. A [Session] does so
/// by itself; this is for tools with links of their own.
public final class EdgeFinder {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private EdgeFinder() {}

  /// Blocks for 3 s at most; an interrupt ends that.
  ///
  /// @return the edges, the one to prefer first; never empty
  /// @throws JoinException when the API does not answer, refuses, or knows no edge
  public static List<EdgeAddress> find(SessionConfig config) throws JoinException {
    HttpResponse<String> response = ask(config);
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), response.body(), config.url());
    }
    try {
      List<EdgeAddress> edges = EdgeAddress.parse(response.body());
      if (!edges.isEmpty()) {
        return edges;
      }
    } catch (IllegalArgumentException e) {
      throw new JoinException(
          JoinException.UNREACHABLE, config.url() + " does not answer like Confab");
    }
    throw new JoinException(JoinException.UNREACHABLE, config.url() + " knows no edge");
  }

  private static HttpResponse<String> ask(SessionConfig config) throws JoinException {
    String base = config.url().toString().replaceAll("/+$", "");
    try (HttpClient http = newHttp(config.insecure())) {
      URI uri = config.query().on(URI.create(base + "/api/v1/session"));
      var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | IllegalArgumentException e) {
      throw JoinException.unreachable(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(base, e);
    }
  }

  static HttpClient newHttp(boolean insecure) {
    var builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    builder.version(HttpClient.Version.HTTP_1_1);
    if (insecure) {
      builder.sslContext(AnyTrust.sslContext());
    }
    return builder.build();
  }

  private static JoinException refusal(int status, String body, URI url) {
    try {
      JsonObject json = JsonParser.parseString(body).getAsJsonObject();
      String error = text(json.get("error"), "http_" + status);
      String message = text(json.get("message"), error) + " (" + error + ")";
      return new JoinException(error, message, status);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return JoinException.refused(url, status);
    }
  }

  private static String text(JsonElement element, String otherwise) {
    String text = element == null || element.isJsonNull() ? "" : element.getAsString();
    return text.isBlank() ? otherwise : text.lines().findFirst().orElse(otherwise);
  }
}
