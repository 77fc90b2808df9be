package confab.participant;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import confab.participant.net.Http;
import confab.participant.token.Tokens;
import confab.protocol.Query;
import confab.protocol.address.Authority;
import confab.protocol.address.SessionAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/// Asks the HTTP API of a deployment which edges would admit a participant now. A [Session] does so
/// by itself; this is for tools with links of their own.
public final class EdgeFinder {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private EdgeFinder() {}

  /// Blocks for 3 s at most; an interrupt ends that.
  ///
  /// @return at least one edge, and the ticket for one session there
  /// @throws JoinException when the API does not answer, refuses, or knows no edge
  public static SessionAnswer find(SessionConfig config) throws JoinException {
    return ask(config, "", new Tokens(config.tokens()));
  }

  /// The same with the ticket.
  ///
  /// @param session names that of the participant; empty before it has entered
  static SessionAnswer ask(SessionConfig config, String session, Tokens tokens)
      throws JoinException {
    Http.Answer answer = get(config, session, token(tokens));
    String where = config.url() + elsewhere(config.url(), answer.url());
    if (answer.status() != 200) {
      throw refusal(answer.status(), answer.body(), where);
    }
    try {
      SessionAnswer found = SessionAnswer.parse(answer.body());
      if (!found.edges().isEmpty()) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw new JoinException(JoinException.UNREACHABLE, where + " does not answer like Confab");
    }
    throw new JoinException(JoinException.UNREACHABLE, where + " knows no edge");
  }

  private static String token(Tokens tokens) throws JoinException {
    try {
      return tokens.next();
    } catch (IOException e) {
      throw new JoinException(JoinException.NO_TOKEN, String.valueOf(e.getMessage()));
    }
  }

  private static Http.Answer get(SessionConfig config, String session, String token)
      throws JoinException {
    String base = config.url().toString().replaceAll("/+$", "");
    URI asking = config.query().on(URI.create(base + "/api/v1/session"));
    URI url = session.isEmpty() ? asking : Query.of("session", session).on(asking);
    try {
      return Http.get(url, token, config.insecure(), TIMEOUT);
    } catch (IOException e) {
      throw JoinException.unreachable(Http.way(base), e);
    } catch (IllegalArgumentException e) {
      throw JoinException.unreachable(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(base, e);
    }
  }

  /// Where a redirect led; empty where none did.
  private static String elsewhere(URI asked, URI answered) {
    boolean same =
        Objects.equals(asked.getScheme(), answered.getScheme())
            && Authority.in(asked)
                .normalised(asked.getScheme())
                .equals(Authority.in(answered).normalised(answered.getScheme()));
    return same
        ? ""
        : ", which leads to %s://%s,".formatted(answered.getScheme(), answered.getRawAuthority());
  }

  private static JoinException refusal(int status, String body, String where) {
    try {
      JsonObject json = JsonParser.parseString(body).getAsJsonObject();
      String error = text(json.get("error"), "http_" + status);
      String message = text(json.get("message"), error) + " (" + error + ")";
      return new JoinException(error, message, status);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return JoinException.refused(where, status);
    }
  }

  private static String text(JsonElement element, String otherwise) {
    String text = element == null || element.isJsonNull() ? "" : element.getAsString();
    return text.isBlank() ? otherwise : text.lines().findFirst().orElse(otherwise);
  }
}
