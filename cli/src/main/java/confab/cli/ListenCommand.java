package confab.cli;

import com.google.gson.GsonBuilder;
import confab.codec.Pcm;
import confab.codec.WavOutput;
import confab.codec.WavStream;
import confab.codec.WavWriter;
import confab.participant.Session;
import confab.participant.speech.Ears;
import confab.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `confab listen`: writes what it hears into a file, silence included. The thread that runs it
/// mixes and writes.
@Command(
    name = "listen",
    description = "Join a room and write what is heard there, mixed, into a WAV file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListenCommand implements Callable<Integer> {
  /// What `--json` prints; the components are the keys.
  private record Report(
      double seconds,
      String transport,
      long resumes,
      long rejoins,
      long moves,
      long duplicates,
      String ending,
      List<Ears.Heard> participants) {}

  @Mixin private JoinOptions join = new JoinOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "<wav>",
      description =
          "the file to write; it is replaced once the room is joined. A named pipe is read along,"
              + " - is standard output")
  private Path out = Path.of("");

  @Option(names = "--json", description = "print one JSON object at the end instead of a table")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private long frames;

  ListenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    var config = join.config(command);
    var ears = new Ears();
    if (!isWritable()) {
      throw new ParameterException(command.commandLine(), out + " cannot be written");
    }
    try (var stop = new Stop()) {
      Session session =
          stop.join(() -> Session.join(config, ears.andThen(Sessions.notices(terminal))));
      return session == null ? 0 : listen(session, ears, stop);
    }
  }

  private int listen(Session session, Ears ears, Stop stop) throws IOException {
    try (session) {
      Sessions.tellOfJoining(terminal, session);
      try (WavOutput wav = open()) {
        listen(session, wav, ears, stop);
      }
      int code = Sessions.end(terminal, session.ending());
      String ending = session.ending().map(Session.Ending::detail).orElse("left");
      session.close();
      report(session, ears, ending);
      return code;
    }
  }

  private boolean isStandardOutput() {
    return out.toString().equals("-");
  }

  /// As far as can be told without touching it: a recording that is there is not replaced by none.
  private boolean isWritable() {
    Path folder = Objects.requireNonNullElse(out.toAbsolutePath().getParent(), out);
    return isStandardOutput()
        || (Files.exists(out)
            ? Files.isWritable(out) && !Files.isDirectory(out)
            : Files.isWritable(folder));
  }

  private WavOutput open() throws IOException {
    if (isStandardOutput()) {
      return new WavStream(terminal.standardOutput());
    }
    try {
      boolean piped = Files.exists(out) && !Files.isRegularFile(out);
      return piped ? new WavStream(Files.newOutputStream(out)) : new WavWriter(out);
    } catch (IOException e) {
      throw new IOException(out + " cannot be written", e);
    }
  }

  private void listen(Session session, WavOutput wav, Ears ears, Stop stop) throws IOException {
    long last = join.frames();
    while (frames < last && session.isOpen() && !stop.isRequested()) {
      ears.awaitTurn();
      wav.write(ears.mix());
      frames++;
      if (frames % 50 == 0) {
        terminal.progress("listening " + seconds());
      }
    }
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.1f s", frames * Pcm.FRAME_MILLIS / 1000.0);
  }

  private void report(Session session, Ears ears, String ending) {
    String transport = session.transport().label();
    List<Ears.Heard> heard = ears.heard();
    if (json) {
      var stats = session.stats();
      var report =
          new Report(
              frames * Pcm.FRAME_MILLIS / 1000.0,
              transport,
              stats.resumes(),
              stats.rejoins(),
              stats.moves(),
              stats.duplicates(),
              ending,
              heard);
      say(new GsonBuilder().disableHtmlEscaping().create().toJson(report));
      return;
    }
    say("heard %s over %s, in %s".formatted(seconds(), transport, out));
    String row = "%10s %8s %6s %6s %10s  %s";
    say(row.formatted("number", "frames", "lost", "late", "bytes", "name"));
    for (Ears.Heard each : heard) {
      say(
          row.formatted(
              each.number(), each.frames(), each.lost(), each.late(), each.bytes(), each.name()));
    }
  }

  /// The result, beside the sound where that is on standard output.
  private void say(String line) {
    if (isStandardOutput()) {
      terminal.log(line);
    } else {
      terminal.say(line);
    }
  }
}
