package confab.rig.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How the kernel sees a process; see proc_pid_stat(5).
public enum Life {
  RUNS,
  /// By SIGSTOP.
  FROZEN,
  /// It may stay for a while as a zombie, which nobody has asked for its exit code.
  ENDED;

  public static Life of(long pid) {
    String stat;
    try {
      stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
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

  /// @param name of the signal without SIG
  /// @throws IOException when there is no such process
  static void signal(String name, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start();
    if (kill.waitFor() != 0) {
      throw new IOException("no process " + pid + " to send SIG" + name);
    }
  }
}
