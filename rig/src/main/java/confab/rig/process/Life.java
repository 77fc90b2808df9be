package confab.rig.process;

import confab.rig.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How the kernel sees a process; see proc_pid_stat(5).
public enum Life {
  RUNS,
  /// By SIGSTOP.
  FROZEN,
  /// It may stay for a while as a zombie, which nobody has asked for its exit code.
  ENDED;

  public static Life of(long pid) {
    return ofTask(Path.of("/proc", String.valueOf(pid)));
  }

  private static Life ofTask(Path task) {
    String stat;
    try {
      stat = Files.readString(task.resolve("stat"));
    } catch (IOException e) {
      return ENDED;
    }
    // Behind the name, which may hold anything.
    return switch (stat.charAt(stat.lastIndexOf(')') + 2)) {
      case 'Z', 'X', 'x' -> ENDED;
      case 'T' -> FROZEN;
      default -> RUNS;
    };
  }

  /// Returns when it stands still: a thread that another processor runs goes on for a moment, some
  /// ten milliseconds on a busy machine, and answers meanwhile.
  ///
  /// @throws IOException when there is no such process
  static void freeze(long pid) throws IOException, InterruptedException {
    signal("STOP", pid);
    Patience.awaitOnly("the standstill of " + pid).until(() -> standsStill(pid));
  }

  private static boolean standsStill(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      return threads.allMatch(thread -> ofTask(thread) != RUNS);
    }
  }

  /// @param name of the signal without SIG
  /// @throws IOException when there is no such process
  static void signal(String name, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start();
    if (kill.waitFor() != 0) {
      throw new IOException("no process " + pid + " to send SIG" + name);
    }
  }
}
