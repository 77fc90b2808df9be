package confab.rig.process;

import confab.rig.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A process that a [Site] has started, and what it has said.
public final class Program implements Site.Part {
  private final String name;
  private final Process process;
  private final Path output;
  private final Path errors;

  Program(String name, Process process, Path output, Path errors) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Standard output so far.
  public String output() throws IOException {
    return Files.readString(output);
  }

  /// Standard error so far.
  public String errors() throws IOException {
    return Files.readString(errors);
  }

  /// The last line that it has complained of.
  public String complaint() throws IOException {
    return errors().lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
  }

  /// Types a line: it comes to the program by standard input.
  public void type(String line) throws IOException {
    var input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /// Waits until standard output has this; the first of it.
  ///
  /// @throws IOException when the program ends without
  public MatchResult awaitOutput(Pattern wanted) throws IOException {
    return await(output, wanted);
  }

  /// The same of standard error.
  public MatchResult awaitErrors(Pattern wanted) throws IOException {
    return await(errors, wanted);
  }

  private MatchResult await(Path said, Pattern wanted) throws IOException {
    Matcher[] found = {wanted.matcher("")};
    Patience.awaitOnly(name + ": " + wanted)
        .until(
            () -> {
              boolean alive = process.isAlive();
              found[0] = wanted.matcher(Files.readString(said));
              return found[0].find() || !alive;
            });
    if (!found[0].hasMatch()) {
      throw new IOException(name + " has ended: " + complaint());
    }
    return found[0].toMatchResult();
  }

  /// Waits for its end; the exit code.
  ///
  /// @throws TimeoutException when it does not end
  public int awaitEnd() throws InterruptedException, TimeoutException {
    return awaitEnd(Patience.LIMIT);
  }

  /// @param limit for what is known to take long
  public int awaitEnd(Duration limit) throws InterruptedException, TimeoutException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException(name + " still runs after " + limit.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /// SIGTERM, by which it may end in good order.
  public void terminate() {
    process.destroy();
  }

  /// @param name of the signal without SIG
  public void signal(String name) throws IOException, InterruptedException {
    Life.signal(name, pid());
  }

  /// Returns when it stands still.
  public void freeze() throws IOException, InterruptedException {
    Life.freeze(pid());
  }

  @Override
  public boolean isOver() {
    return !process.isAlive();
  }

  /// Kills it and all that it has started, and waits until they are gone.
  @Override
  public void end() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.onExit().orTimeout(Patience.seconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      System.err.println(name + " is not gone after SIGKILL: " + e.getCause());
    }
  }
}
