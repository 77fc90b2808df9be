package confab.edge.access;

import confab.access.AccessToken;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;
import confab.protocol.grants.Right;
import confab.room.grants.Revocations;
import confab.room.grants.TokenReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a token is good here and now, for the API and for those who are in a room. Nothing of a
/// token is logged. Thread-safe.
public final class TokenInspector implements TokenReader {
  private final boolean asks;
  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final Counts<Fault> faults = new Counts<>(Fault.class);
  private final Counts<KeySetCache.Outcome> keyFetches = new Counts<>(KeySetCache.Outcome.class);

  /// @param ofEdges by which edges sign tokens themselves
  /// @throws IOException with one line that says which file of keys is wrong, and how
  public TokenInspector(AccessConfig config, TokenKeys ofEdges, Revocations revocations)
      throws IOException {
    this.revocations = revocations;
    asks = config.tokensOnly();
    verifier = KeySources.verifier(config, ofEdges, keyFetches);
  }

  /// Whether nobody does anything without a token. Otherwise one that is shown still counts, since
  /// it may grant more than everybody may.
  boolean asks() {
    return asks;
  }

  /// @param shown null when none was
  /// @param bearer who shows it, when that is known
  Verdict inspect(@Nullable String shown, @Nullable UserId bearer) {
    Verdict verdict = verdict(shown, bearer);
    if (verdict instanceof Verdict.Bad(Fault fault, String _)) {
      faults.increment(fault);
    }
    return verdict;
  }

  private Verdict verdict(@Nullable String shown, @Nullable UserId bearer) {
    if (shown == null) {
      return new Verdict.Bad(Fault.MISSING, "a token is needed");
    }
    Verdict verdict = verifier.verify(shown.strip());
    return verdict instanceof Verdict.Good(AccessToken token)
            && revocations.cover(token.user().orElse(bearer), token.grant())
        ? new Verdict.Bad(Fault.REVOKED, "the token was taken back")
        : verdict;
  }

  /// Why this token, which is good, does not let the bearer be there, in a sentence; empty when it
  /// does.
  static Optional<String> obstacle(AccessToken token, RoomId room, UserId user) {
    if (!token.rooms().contains(room)) {
      return Optional.of("The token is for other rooms.");
    }
    if (token.user().isPresent() && !token.user().get().equals(user)) {
      return Optional.of("The token is for another user.");
    }
    return token.grant().allows(Right.JOIN)
        ? Optional.empty()
        : Optional.of("The token does not grant this: join.");
  }

  @Override
  public Reading read(RoomId room, UserId user, String shown) {
    return switch (inspect(shown, user)) {
      case Verdict.Good(AccessToken token) ->
          obstacle(token, room, user)
              .<Reading>map(Reading.Bad::new)
              .orElseGet(() -> new Reading.Good(token.grant(), token.name()));
      case Verdict.Bad(Fault _, String why) -> new Reading.Bad(sentence(why));
    };
  }

  /// Whether the token lets its bearer do what operators do.
  public boolean grantsAdmin(String shown) {
    return inspect(shown, null) instanceof Verdict.Good(AccessToken token)
        && token.rooms().isAny()
        && token.grant().allows(Right.ADMIN);
  }

  static String sentence(String line) {
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
