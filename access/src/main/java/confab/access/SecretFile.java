package confab.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file of secrets, one per line; blank lines and those that begin with `#` do not count.
public final class SecretFile {
  private SecretFile() {}

  /// @throws IOException with one line that says what is wrong with it, and nothing that it holds
  public static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
