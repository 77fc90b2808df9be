package confab.edge.access;

import confab.access.AccessToken;
import confab.access.PublicKeys;
import confab.access.TokenIssuer;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import confab.edge.access.AccessConfig.Issuer;
import confab.edge.access.AccessConfig.KeySet;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;
import confab.protocol.grants.Right;
import confab.room.Admission.Refused;
import confab.room.JoinRequest;
import confab.room.Rooms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the bearer of a token may ask of the API. Thread-safe.
///
/// A token comes in the header `Authorization` only: addresses are logged by servers and proxies on
/// the way. Nothing of it is logged here.
public final class TokenCheck {
  private final Rooms rooms;
  private final Optional<TokenVerifier> verifier;
  private final Counts<Fault> faults = new Counts<>(Fault.class);
  private final Counts<KeySetCache.Outcome> keyFetches = new Counts<>(KeySetCache.Outcome.class);

  /// What is said to somebody who asks.
  public sealed interface Answer {
    /// @param ticket to be shown to the edge that is dialled; empty where none is needed
    record Yes(String ticket) implements Answer {}

    record No(Refused why) implements Answer {}
  }

  /// @throws IOException with one line that says which file of keys is wrong, and how
  public TokenCheck(AccessConfig config, Rooms rooms) throws IOException {
    this.rooms = rooms;
    verifier =
        config.tokensOnly()
            ? Optional.of(
                new TokenVerifier(
                    keys(config), issuer(config), config.leeway(), InstantSource.system()))
            : Optional.empty();
  }

  private static Supplier<TokenKeys> keys(AccessConfig config) throws IOException {
    if (config.keyFile().isEmpty()) {
      return config::keys;
    }
    var file = watched("--token-key-file", config.keyFile().get(), TokenKeys::read);
    return () -> config.keys().and(file.get());
  }

  private Optional<TokenIssuer> issuer(AccessConfig config) throws IOException {
    if (config.issuer().isEmpty()) {
      return Optional.empty();
    }
    Issuer issuer = config.issuer().get();
    return Optional.of(new TokenIssuer(issuer.name(), publicKeys(issuer.keys())));
  }

  private Function<String, PublicKeys> publicKeys(KeySet set) throws IOException {
    return switch (set) {
      case KeySet.AtUrl(URI url) ->
          new KeySetCache(new KeySetUrl(url, KeySetUrl.LIMIT)::fetch, keyFetches, System::nanoTime);
      case KeySet.InFile(Path file) -> {
        var keys = watched("--token-jwks", file, PublicKeys::read);
        yield _ -> keys.get();
      }
    };
  }

  private static <T> WatchedFile<T> watched(String option, Path file, WatchedFile.Reader<T> reader)
      throws IOException {
    try {
      return new WatchedFile<>(file, reader, System::nanoTime);
    } catch (IOException e) {
      throw new IOException(option + ": " + e.getMessage(), e);
    }
  }

  /// Whether this join may be.
  ///
  /// @param shown a token; null when there is none
  public Answer join(JoinRequest request, @Nullable String shown) {
    if (!RoomId.isValid(request.room()) || !UserId.isValid(request.user())) {
      // What is not in order is refused as it is without tokens.
      return new Answer.Yes("");
    }
    var room = new RoomId(request.room());
    var user = new UserId(request.user());
    return check(shown, token -> join(token, room, user));
  }

  private Answer join(AccessToken token, RoomId room, UserId user) {
    if (!token.rooms().contains(room)) {
      return forbidden("The token is for other rooms.");
    }
    if (token.user().isPresent() && !token.user().get().equals(user)) {
      return forbidden("The token is for another user.");
    }
    return token.grant().allows(Right.JOIN)
        ? new Answer.Yes(rooms.ticket(room, user, token.name(), token.grant()))
        : forbidden("The token does not grant this: join.");
  }

  /// Whether the bearer may know of a room; the answer has no ticket.
  public Answer look(RoomId room, @Nullable String shown) {
    return check(
        shown,
        token ->
            token.rooms().contains(room)
                ? new Answer.Yes("")
                : forbidden("The token is for other rooms."));
  }

  /// Whether the bearer may make rooms, whose ids are random: a host of all rooms may.
  public Answer create(@Nullable String shown) {
    return check(
        shown,
        token ->
            token.rooms().isAny() && token.grant().allows(Right.HOST)
                ? new Answer.Yes("")
                : forbidden("The token does not grant this: host, of all rooms."));
  }

  /// Everybody may everything where no token is asked for.
  private Answer check(@Nullable String shown, Function<AccessToken, Answer> question) {
    if (verifier.isEmpty()) {
      return new Answer.Yes("");
    }
    Verdict verdict =
        shown == null
            ? new Verdict.Bad(Fault.MISSING, "a token is needed")
            : verifier.get().verify(shown.strip());
    return switch (verdict) {
      case Verdict.Good(AccessToken token) -> question.apply(token);
      case Verdict.Bad(Fault fault, String why) -> {
        faults.increment(fault);
        yield unauthorized(why);
      }
    };
  }

  private static Answer unauthorized(String why) {
    return new Answer.No(refused(401, "unauthorized", sentence(why)));
  }

  private static Answer forbidden(String why) {
    return new Answer.No(refused(403, "forbidden", why));
  }

  private static Refused refused(int status, String error, String message) {
    return new Refused(status, error, message, Duration.ZERO);
  }

  private static String sentence(String line) {
    return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
  }

  @Figure(
      name = "tokens.refused",
      by = "fault",
      value = "Tokens that were not good, by what was wrong")
  public long refusedTokens(Fault fault) {
    return faults.of(fault);
  }

  @Figure(
      name = "token.keys.refreshes",
      by = "outcome",
      value = "Times that --token-jwks was fetched, by what became of it")
  public long keyFetches(KeySetCache.Outcome outcome) {
    return keyFetches.of(outcome);
  }
}
