package confab.edge.admin;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import confab.access.TokenVerifier;
import confab.edge.access.RevocationFeed;
import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import confab.protocol.UserId;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.Revocation.OfToken;
import confab.protocol.revocations.Revocation.OfUser;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /api/v1/revocations`: takes back a token, or all that a user has from before some time,
/// for an operator; on all edges.
public final class RevocationApi {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationApi.class);
  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();
  private static final Set<String> FIELDS = Set.of("token", "user", "before");

  /// How long whatever is taken back could still be good: as long as any token may.
  private static final Duration KEPT = TokenVerifier.LONGEST.plus(Duration.ofDays(1));

  private final AdminDoor door;
  private final RevocationFeed feed;

  private record Answer(String until) {}

  public RevocationApi(AdminDoor door, RevocationFeed feed) {
    this.door = door;
    this.feed = feed;
  }

  /// Reads the body, so the exchange has been dispatched to a thread that may block.
  public void answer(HttpServerExchange exchange) {
    if (!door.letsIn(exchange)) {
      return;
    }
    Revocation revocation;
    try {
      exchange.startBlocking();
      byte[] body = exchange.getInputStream().readAllBytes();
      revocation = read(new String(body, StandardCharsets.UTF_8), Instant.now());
    } catch (IOException e) {
      JsonErrors.refuse(exchange, StatusCodes.BAD_REQUEST, "bad_request", "The body is too long.");
      return;
    } catch (JsonParseException | DateTimeException | IllegalArgumentException e) {
      JsonErrors.refuse(
          exchange,
          StatusCodes.BAD_REQUEST,
          "bad_request",
          "The body has to be {\"token\": ID} or {\"user\": ID, \"before\": TIME}.");
      return;
    }
    switch (feed.revoke(revocation)) {
      case ADDED, KNOWN -> {
        log(revocation);
        JsonAnswers.send(exchange, StatusCodes.OK, new Answer(revocation.until().toString()));
      }
      case FULL ->
          JsonErrors.refuse(
              exchange, StatusCodes.INSUFFICIENT_STORAGE, "full", "Too much was taken back.");
    }
  }

  /// @throws IllegalArgumentException when it asks for nothing, or for what cannot be
  private static Revocation read(String body, Instant now) {
    JsonObject asked = GSON.fromJson(body, JsonObject.class);
    if (asked == null
        || !FIELDS.containsAll(asked.keySet())
        || asked.has("token") == asked.has("user")) {
      throw new IllegalArgumentException("either a token or a user");
    }
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    if (asked.has("token")) {
      if (asked.has("before")) {
        throw new IllegalArgumentException("a token has no time");
      }
      return new OfToken(text(asked, "token"), time.plus(KEPT));
    }
    Instant before = asked.has("before") ? Instant.parse(text(asked, "before")) : time;
    if (before.isAfter(time.plus(TokenVerifier.LONGEST))) {
      throw new IllegalArgumentException("too far ahead");
    }
    return new OfUser(
        new UserId(text(asked, "user")),
        before.truncatedTo(ChronoUnit.MILLIS),
        (before.isAfter(time) ? before : time).plus(KEPT).truncatedTo(ChronoUnit.MILLIS));
  }

  private static String text(JsonObject asked, String field) {
    if (asked.get(field) instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw new IllegalArgumentException("no text: " + field);
  }

  private static void log(Revocation revocation) {
    switch (revocation) {
      case OfToken(String token, Instant _) ->
          LOG.atInfo().addKeyValue("token", token).log("token taken back");
      case OfUser(UserId user, Instant before, Instant _) ->
          LOG.atInfo()
              .addKeyValue("user", user)
              .addKeyValue("before", before)
              .log("tokens taken back");
    }
  }
}
