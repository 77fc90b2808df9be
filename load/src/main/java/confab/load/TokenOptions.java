package confab.load;

import confab.participant.token.TokenSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How the participants of a load get in where not everybody does. All of them show one token.
final class TokenOptions {
  @Option(
      names = "--token",
      paramLabel = "<token>",
      description =
          "grants every join: it names no user and is for all rooms of the load, such as load-*;"
              + " others on this machine see it, so better by --token-file")
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "<file>",
      description = "the same from the first line of a file, which is read for each join")
  private @Nullable Path file;

  @Option(
      names = "--session-api",
      description =
          "every participant asks the session API before it comes, as programs of people do"
              + " (always with a token)")
  private boolean sessionApi;

  boolean asks() {
    return sessionApi || token != null || file != null;
  }

  /// @throws ParameterException when there are two, or the file cannot be read
  TokenSource source(CommandSpec command) {
    if (token != null && file != null) {
      throw new ParameterException(
          command.commandLine(), "--token and --token-file do not go together");
    }
    if (file == null) {
      return token == null ? TokenSource.NONE : TokenSource.of(token);
    }
    TokenSource source = TokenSource.ofFile(file);
    try {
      source.token();
      return source;
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), "--token-file: " + e.getMessage(), e);
    }
  }
}
