package confab.cli;

import confab.participant.token.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where the token of somebody who joins comes from.
final class TokenOption {
  /// The part of a link that browsers show to no server: `https://host/meeting/room#t=TOKEN`.
  private static final String IN_FRAGMENT = "t=";

  private static final String VARIABLE = "CONFAB_TOKEN";

  @Option(
      names = "--token",
      paramLabel = "<token>",
      description =
          "grants the join; others on this machine see it, so better by --token-file, or the"
              + " variable CONFAB_TOKEN (default: that of the link, #t=<token>)")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "<file>",
      description =
          "the same from the first line of a file, which is read again before the token ends")
  private @Nullable Path file;

  @Option(
      names = "--token-url",
      paramLabel = "<address>",
      description =
          "the same from what answers there to GET, whenever one is needed; it is shown the token"
              + " of the other options, as a bearer's")
  private @Nullable URI address;

  /// @param url that was given, perhaps a link with a token
  /// @param insecure takes any certificate
  /// @throws ParameterException when a file cannot be read
  TokenSource source(CommandSpec command, URI url, boolean insecure) {
    TokenSource given = given(command, url);
    if (address != null && !JoinOptions.isAddress(address)) {
      throw new ParameterException(
          command.commandLine(), "--token-url must be an address such as https://host/token");
    }
    return address == null ? given : TokenSource.ofUrl(address, given, insecure);
  }

  private TokenSource given(CommandSpec command, URI url) {
    if (token != null) {
      return TokenSource.of(token);
    }
    if (file != null) {
      return readable(command, TokenSource.ofFile(file));
    }
    String fragment = url.getRawFragment();
    if (fragment != null && fragment.startsWith(IN_FRAGMENT)) {
      return TokenSource.of(fragment.substring(IN_FRAGMENT.length()));
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? TokenSource.NONE : TokenSource.of(variable);
  }

  private static TokenSource readable(CommandSpec command, TokenSource ofFile) {
    try {
      ofFile.token();
      return ofFile;
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), "--token-file: " + e.getMessage(), e);
    }
  }
}
