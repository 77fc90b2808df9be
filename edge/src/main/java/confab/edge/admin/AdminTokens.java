package confab.edge.admin;

import confab.access.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets by which operators are known. There can be several at a time, so that a new one can
/// be handed out before the old one is taken away. The file is read for each question, which are
/// few: what it holds counts at once. Immutable.
///
/// @param given on the command line
/// @param file one token per line, as a [SecretFile] has them
public record AdminTokens(List<String> given, Optional<Path> file) {
  /// Shorter ones could be guessed.
  public static final int MIN_CHARS = 16;

  /// Nobody is known.
  public static final AdminTokens NONE = new AdminTokens(List.of(), Optional.empty());

  private static final Logger LOG = LoggerFactory.getLogger(AdminTokens.class);

  public AdminTokens {
    given = List.copyOf(given);
  }

  public static AdminTokens of(String... given) {
    return new AdminTokens(List.of(given), Optional.empty());
  }

  /// Whether anybody can be known.
  boolean areUsed() {
    return !given.isEmpty() || file.isPresent();
  }

  /// Whether `shown` is one of them. Takes the same time however much of it is right.
  boolean contain(String shown) {
    boolean found = false;
    for (String token : current()) {
      found |= MessageDigest.isEqual(bytes(shown), bytes(token));
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> current() {
    if (file.isEmpty()) {
      return given;
    }
    List<String> all = new ArrayList<>(given);
    try {
      all.addAll(read(file.get()));
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("admin tokens not read");
    }
    return all;
  }

  /// The tokens of a file.
  ///
  /// @throws IOException with one line that says what is wrong with it, and nothing that it holds
  public static List<String> read(Path file) throws IOException {
    List<String> tokens = SecretFile.lines(file);
    if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.length() < MIN_CHARS)) {
      throw new IOException(
          file + " has to hold tokens of at least " + MIN_CHARS + " characters, one per line");
    }
    return tokens;
  }

  /// No secrets.
  @Override
  public String toString() {
    return "AdminTokens[%d given, %s]".formatted(given.size(), file);
  }
}
