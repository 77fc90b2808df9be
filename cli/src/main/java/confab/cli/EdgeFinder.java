package confab.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import confab.protocol.EdgeAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/// Asks the HTTP API of a deployment which edges would admit a participant now.
final class EdgeFinder {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private EdgeFinder() {}

  /// Blocks for [#TIMEOUT] at most.
  static List<EdgeAddress> find(HeadlessParticipant.Config config) throws JoinException {
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

  private static HttpResponse<String> ask(HeadlessParticipant.Config config) throws JoinException {
    String base = config.url().toString().replaceAll("/+$", "");
    try (HttpClient http = newHttp(config.insecure())) {
      URI uri = URI.create(base + "/api/v1/session" + query(config));
      var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (SSLException e) {
      throw JoinException.unreachable(base + "; --insecure accepts any certificate", e);
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

  /// The query parameters of every request that is about joining.
  static String query(HeadlessParticipant.Config config) {
    return "?room=%s&user=%s&name=%s"
        .formatted(encode(config.room()), encode(config.user()), encode(config.name()));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JoinException refusal(int status, String body, URI url) {
    try {
      JsonObject json = JsonParser.parseString(body).getAsJsonObject();
      String error = text(json.get("error"), "http_" + status);
      return new JoinException(error, text(json.get("message"), error) + " (" + error + ")");
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return status(status, url);
    }
  }

  static JoinException status(int status, URI url) {
    return new JoinException("http_" + status, url + " answers with status " + status);
  }

  private static String text(JsonElement element, String otherwise) {
    String text = element == null || element.isJsonNull() ? "" : element.getAsString();
    return text.isBlank() ? otherwise : text.lines().findFirst().orElse(otherwise);
  }
}
