package confab.rig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where the project's own files are.
public final class Project {
  /// The directory of the launcher, from wherever within the project a JVM was started.
  public static final Path ROOT = root();

  private Project() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, each -> each != null, Path::getParent)
        .filter(each -> Files.isExecutable(each.resolve("confab")))
        .filter(each -> Files.isRegularFile(each.resolve("deploy").resolve("local-cluster")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(here + " is not within the project"));
  }
}
