package confab.rig.process;

import confab.rig.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an edge is started from.
public enum Launch {
  /// `./confab serve`, as people do.
  LAUNCHER,

  /// The jar that the launcher starts, built before, without a shell.
  JAR,

  /// The classes of this JVM, for tests that run before there is a jar.
  CLASS_PATH;

  /// The one list of the flags of an edge's JVM.
  private static final String JVM = "@" + Project.ROOT.resolve("edge/jvm.options");

  List<String> command() {
    return switch (this) {
      case LAUNCHER -> List.of(Project.ROOT.resolve("confab").toString(), "serve");
      case JAR -> java("-jar", Project.ROOT.resolve("edge/target/confab-edge.jar").toString());
      case CLASS_PATH -> java("-cp", System.getProperty("java.class.path"), "confab.edge.Main");
    };
  }

  private static List<String> java(String... program) {
    List<String> command = new ArrayList<>(List.of(java(), JVM));
    command.addAll(List.of(program));
    return command;
  }

  /// The load tool's jar, built before, without a shell.
  public static List<String> load(List<String> options) {
    String jar = Project.ROOT.resolve("load/target/confab-load.jar").toString();
    List<String> command =
        new ArrayList<>(
            List.of(java(), "-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC", "-jar", jar));
    command.addAll(options);
    return command;
  }

  /// The program of this JVM.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
