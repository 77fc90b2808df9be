package confab.cli;

import confab.access.AccessToken;
import confab.access.PublicKeys;
import confab.access.TokenIssuer;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `confab token verify`: checks a token as an edge does, but for what was taken back.
@Command(
    name = "verify",
    description = "Check a token as an edge does, but for whether it was taken back.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(
      names = "--jwks",
      paramLabel = "<file>",
      description = "the public keys of --issuer, as an edge's --token-jwks")
  private @Nullable Path jwks;

  @Option(
      names = "--issuer",
      paramLabel = "<name>",
      description = "who signs by a key of --jwks, as an edge's --token-issuer")
  private @Nullable String issuer;

  @Option(
      names = "--audience",
      paramLabel = "<aud>",
      description = "what aud of a token of --issuer has to name, as an edge's --token-audience")
  private @Nullable String audience;

  @Parameters(paramLabel = "<token>", description = "the token, or the link that ends with it")
  private String token = "";

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    TokenKeys secrets = keys.read(command);
    Optional<TokenIssuer> publicly = issuer(command);
    if (secrets.isEmpty() && publicly.isEmpty()) {
      throw new ParameterException(command.commandLine(), "--key, --key-file or --jwks is missing");
    }
    var verifier =
        new TokenVerifier(() -> secrets, publicly, TokenVerifier.LEEWAY, InstantSource.system());
    return switch (verifier.verify(TokenCommand.bare(token))) {
      case TokenVerifier.Verdict.Good(AccessToken good) -> {
        told(good).forEach(terminal::say);
        yield 0;
      }
      case TokenVerifier.Verdict.Bad(TokenVerifier.Fault _, String why) -> terminal.fail(why);
    };
  }

  private Optional<TokenIssuer> issuer(CommandSpec command) {
    if (jwks == null && issuer == null && audience == null) {
      return Optional.empty();
    }
    if (jwks == null || issuer == null) {
      throw new ParameterException(
          command.commandLine(), "--jwks and --issuer go together, and --audience with them");
    }
    try {
      PublicKeys set = PublicKeys.read(jwks);
      return Optional.of(new TokenIssuer(issuer, Optional.ofNullable(audience), _ -> set));
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), "--jwks: " + e.getMessage(), e);
    }
  }

  private static List<String> told(AccessToken token) {
    Grant grant = token.grant();
    List<String> lines = new ArrayList<>();
    lines.add(
        "good for %s as %s until %s: %s"
            .formatted(
                token.rooms().text(),
                token.user().map(UserId::value).orElse("anybody"),
                grant.expires(),
                String.join(", ", grant.rights().stream().sorted().map(Right::label).toList())));
    token.roomName().ifPresent(name -> lines.add("room name: " + name));
    token.name().ifPresent(name -> lines.add("name: " + name));
    grant.attributes().values().forEach((key, text) -> lines.add("attribute " + key + ": " + text));
    grant.maxBitrate().ifPresent(limit -> lines.add("media: at most " + limit + " bits/s"));
    grant.sessions().ifPresent(limit -> lines.add("sessions at once: at most " + limit));
    return lines;
  }
}
