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

  /// As in the launcher.
  private static final List<String> JVM =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=10",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dio.netty.leakDetection.level=disabled");

  List<String> command() {
    return switch (this) {
      case LAUNCHER -> List.of(Project.ROOT.resolve("confab").toString(), "serve");
      case JAR -> java("-jar", Project.ROOT.resolve("edge/target/confab-edge.jar").toString());
      case CLASS_PATH -> java("-cp", System.getProperty("java.class.path"), "confab.edge.Main");
    };
  }

  private static List<String> java(String... program) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(JVM);
    command.addAll(List.of(program));
    return command;
  }

  /// The program of this JVM.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
