package confab.protocol;

import org.jspecify.annotations.Nullable;

/// Which Confab this is, as every program tells on `--version`.
public final class Version {
  private Version() {}

  /// What the build wrote into the manifest of this class's jar, like `0.1.0`; where it runs from
  /// no jar, in words.
  public static String running() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }
}
