package confab.edge.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody with a browser: keeps the cookies of each host and port, and goes where it is sent.
final class Visitor {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

  /// By authority, then by name.
  private final Map<String, Map<String, String>> cookies = new HashMap<>();

  /// What the last answer set, as it was written.
  List<String> lastCookies = List.of();

  HttpResponse<String> get(URI address, String... headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address), address, headers);
  }

  HttpResponse<String> post(URI address, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    String body =
        String.join(
            "&", form.entrySet().stream().map(it -> it.getKey() + "=" + encode(it)).toList());
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)),
        address,
        headers);
  }

  private static String encode(Map.Entry<String, String> field) {
    return URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, URI address, String... headers)
      throws IOException, InterruptedException {
    Map<String, String> own = cookiesOf(address);
    if (!own.isEmpty()) {
      request.header(
          "Cookie",
          String.join(
              "; ", own.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList()));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    lastCookies = answer.headers().allValues("Set-Cookie");
    for (String cookie : lastCookies) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        own.remove(pair[0]);
      } else {
        own.put(pair[0], pair[1]);
      }
    }
    return answer;
  }

  /// The cookies of this host and port.
  Map<String, String> cookiesOf(URI address) {
    return cookies.computeIfAbsent(address.getAuthority(), _ -> new HashMap<>());
  }

  static URI location(URI from, HttpResponse<String> answer) {
    return from.resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  /// Goes to the provider and says there who it is, up to the moment at which the provider sends it
  /// back; where to.
  URI logIn(URI edge, String page, String name) throws IOException, InterruptedException {
    URI login = edge.resolve("/login?page=" + URLEncoder.encode(page, StandardCharsets.UTF_8));
    URI there = location(login, get(login));
    return atProvider(there, name);
  }

  URI atProvider(URI there, String name) throws IOException, InterruptedException {
    String provider = there.getAuthority();
    URI at = there;
    while (Objects.equals(at.getAuthority(), provider)) {
      HttpResponse<String> answer = get(at);
      if (answer.statusCode() == 200) {
        answer = post(at.resolve(action(answer.body())), fields(answer.body(), name));
      }
      assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
      at = location(at, answer);
    }
    return at;
  }

  private static String action(String page) {
    Matcher matcher = ACTION.matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }

  private static Map<String, String> fields(String page, String name) {
    return page.contains("value=\"login\"")
        ? Map.of("prompt", "login", "login", name, "password", "any")
        : Map.of("prompt", "consent");
  }
}
