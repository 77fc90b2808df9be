package confab.load;

import confab.protocol.EdgeAddress;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// Asks the HTTP API of each `--url` once which edges there are. Connections are dealt to all of
/// them in turn.
final class EdgeFinder {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private EdgeFinder() {}

  /// Blocks for some seconds at most. By url, and of one url by name.
  ///
  /// @throws LoadException also when there is none
  static List<EdgeAddress> find(Plan plan) throws LoadException {
    List<EdgeAddress> edges = new ArrayList<>();
    try (HttpClient http = newHttp(plan.insecure())) {
      for (URI url : plan.urls()) {
        ask(http, url, plan).stream()
            .filter(each -> plan.edges().isEmpty() || plan.edges().contains(each.name()))
            .filter(each -> !edges.contains(each))
            .sorted(Comparator.comparing(EdgeAddress::name))
            .forEach(edges::add);
      }
    }
    if (edges.isEmpty()) {
      throw new LoadException("no edge of that name is known there");
    }
    return edges;
  }

  private static List<EdgeAddress> ask(HttpClient http, URI url, Plan plan) throws LoadException {
    String base = url.toString().replaceAll("/+$", "");
    URI uri = URI.create(base + "/api/v1/session" + Participant.query(plan, 0, 0));
    try {
      var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new LoadException(Refusals.explain(response.statusCode(), base));
      }
      return EdgeAddress.parse(response.body());
    } catch (IllegalArgumentException e) {
      throw new LoadException(base + " does not answer like Confab");
    } catch (SSLException e) {
      throw LoadException.unreachable(base + "; --insecure accepts any certificate", e);
    } catch (LoadException e) {
      throw e;
    } catch (IOException e) {
      throw LoadException.unreachable(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LoadException.unreachable(base, e);
    }
  }

  private static HttpClient newHttp(boolean insecure) {
    var builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    builder.version(HttpClient.Version.HTTP_1_1);
    if (insecure) {
      builder.sslContext(anyTrust());
    }
    return builder.build();
  }

  private static SSLContext anyTrust() {
    try {
      var context = SSLContext.getInstance("TLS");
      var any = InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
      context.init(null, any, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
