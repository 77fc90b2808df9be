package confab.edge.admin;

import confab.access.TokenVerifier;
import confab.edge.access.RevocationFeed;
import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonBody;
import confab.edge.http.JsonErrors;
import confab.protocol.UserId;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.Revocation.OfToken;
import confab.protocol.revocations.Revocation.OfUser;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
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
      revocation = read(JsonBody.read(exchange, FIELDS), Instant.now());
    } catch (DateTimeException | IllegalArgumentException e) {
      JsonErrors.refuse(
          exchange,
          StatusCodes.BAD_REQUEST,
          "bad_request",
          "The body has to be {\"token\": ID} or {\"user\": ID, \"before\": TIME}, and the time as"
              + " 2026-12-01T10:00:00Z and at most "
              + TokenVerifier.LONGEST.toDays()
              + " days ahead.");
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
  private static Revocation read(JsonBody asked, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    String token = asked.text("token");
    String user = asked.text("user");
    String given = asked.text("before");
    if (token != null && user == null && given == null) {
      return new OfToken(token, time.plus(KEPT));
    }
    if (user == null || token != null) {
      throw new IllegalArgumentException("either a token or a user");
    }
    Instant before = given == null ? time : Instant.parse(given);
    if (before.isAfter(time.plus(TokenVerifier.LONGEST))) {
      throw new IllegalArgumentException("too far ahead");
    }
    return new OfUser(
        new UserId(user),
        before.truncatedTo(ChronoUnit.MILLIS),
        (before.isAfter(time) ? before : time).plus(KEPT).truncatedTo(ChronoUnit.MILLIS));
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
