package confab.e2e;

import confab.edge.EdgeConfig;
import confab.rig.Project;
import confab.rig.process.Program;
import confab.rig.process.Site;
import confab.webtransport.QuicEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/// `./confab` as a process, the way a person starts it.
final class Tool {
  /// The engine of the edges in these tests: `./test -Dconfab.quic=kwik`.
  private static final String QUIC = System.getProperty("confab.quic", "netty");

  static {
    // Kwik's threads may throw when a connection ends twice; what matters is what is awaited.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private Tool() {}

  /// What all edges as processes are given by their environment.
  static Map<String, String> settings() {
    return Map.of("CONFAB_QUIC", QUIC);
  }

  /// Where edges have the engine of these tests.
  static Site site(Path directory) {
    return Site.in(directory, settings());
  }

  /// What the JVMs of the launcher are given in this run, as a variable of the environment.
  ///
  /// @param more of them
  static String javaOptions(String more) {
    String ours = Objects.requireNonNullElse(System.getenv("CONFAB_JAVA_OPTS"), "");
    return "CONFAB_JAVA_OPTS=" + ours + " " + more;
  }

  /// @param name of the program, for its logs
  static Program start(Site site, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Project.ROOT.resolve("confab").toString()));
    command.addAll(List.of(arguments));
    return site.start(name, command);
  }

  /// Ctrl-C; the exit code that follows.
  static int interrupt(Program program) throws Exception {
    program.signal("INT");
    return program.awaitEnd();
  }

  /// For an edge inside the test.
  static EdgeConfig edgeConfig() {
    return EdgeConfig.onLoopback().withQuic(QuicEngine.valueOf(QUIC.toUpperCase(Locale.ROOT)));
  }
}
