package confab.edge.access;

import confab.access.TokenKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options about who may enter.
public final class AccessOptions {
  /// As it is written on the command line.
  public enum Auth {
    open,
    token
  }

  @Option(
      names = "--auth",
      paramLabel = "open|token",
      description =
          "Who may enter: whoever knows a room, or who shows a token for it. Default: {default}.")
  Auth auth = Auth.open;

  @Option(
      names = "--token-key",
      paramLabel = "KID=SECRET",
      description =
          "A key by which tokens are signed (HS256), at least 32 characters; KID=NEW,OLD takes"
              + " both; repeatable.")
  List<String> tokenKeys = List.of();

  @Option(
      names = "--token-key-file",
      paramLabel = "FILE",
      description = "A file of such keys, one per line, read again when it changes.")
  @Nullable Path tokenKeyFile;

  @Option(
      names = "--token-leeway",
      paramLabel = "DURATION",
      description = "By how much the clock of whoever makes tokens may differ. Default: {default}.")
  Duration leeway = AccessConfig.OPEN.leeway();

  @Option(
      names = "--revocations-file",
      paramLabel = "FILE",
      description =
          "Keeps, for when no edge runs, what was taken back; each edge has a file of its own.")
  @Nullable Path revocationsFile;

  /// @throws IllegalArgumentException with one line that says which option is wrong
  public AccessConfig config() {
    TokenKeys keys;
    try {
      keys = TokenKeys.parse(tokenKeys);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--token-key: " + e.getMessage(), e);
    }
    boolean tokensOnly = auth == Auth.token;
    if (tokensOnly && keys.isEmpty() && tokenKeyFile == null) {
      throw new IllegalArgumentException("--auth token needs a --token-key or --token-key-file");
    }
    return new AccessConfig(
        tokensOnly,
        keys,
        Optional.ofNullable(tokenKeyFile),
        Optional.ofNullable(revocationsFile),
        leeway);
  }
}
