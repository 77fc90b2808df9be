package confab.cli;

import confab.access.TokenKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The secret keys that tokens are signed by, as edges have them.
final class KeyOptions {
  @Option(
      names = "--key",
      paramLabel = "<kid=secret>",
      description = "as an edge's --token-key; others on this machine see it")
  private List<String> given = List.of();

  @Option(
      names = "--key-file",
      paramLabel = "<file>",
      description = "as an edge's --token-key-file")
  private @Nullable Path file;

  /// Empty when no option is given.
  ///
  /// @throws ParameterException when they cannot be read
  TokenKeys read(CommandSpec command) {
    try {
      return TokenKeys.parse(given).and(file == null ? TokenKeys.NONE : TokenKeys.read(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
