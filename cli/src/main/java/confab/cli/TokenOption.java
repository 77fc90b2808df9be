package confab.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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
      description = "the same from the first line of a file")
  private @Nullable Path file;

  /// Empty for none.
  ///
  /// @param url that was given, perhaps a link with a token
  /// @throws ParameterException when a file cannot be read
  String find(CommandSpec command, URI url) {
    if (token != null) {
      return token.strip();
    }
    if (file != null) {
      return firstLine(command, file);
    }
    String fragment = url.getRawFragment();
    if (fragment != null && fragment.startsWith(IN_FRAGMENT)) {
      return fragment.substring(IN_FRAGMENT.length());
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? "" : variable.strip();
  }

  private static String firstLine(CommandSpec command, Path file) {
    try {
      return Files.readAllLines(file).stream().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(),
          "--token-file: cannot read " + file + " (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }
}
