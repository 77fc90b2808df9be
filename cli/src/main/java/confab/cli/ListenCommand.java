package confab.cli;

import com.google.gson.GsonBuilder;
import confab.codec.Pcm;
import confab.codec.WavWriter;
import confab.participant.Session;
import confab.participant.speech.Ears;
import confab.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      String transport, long resumes, long moves, long duplicates, List<Ears.Heard> participants) {}

  @Mixin private JoinOptions join = new JoinOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "<wav>",
      description = "the file to write; it is replaced")
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
    try (WavWriter wav = create(command);
        Session session = Session.join(config, ears.andThen(Sessions.notices(terminal)));
        var end = new AtEnd(() -> finish(session, wav, ears))) {
      listen(session, wav, ears);
      return Sessions.end(terminal, session.ending());
    }
  }

  private WavWriter create(CommandSpec command) {
    try {
      return new WavWriter(out);
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), out + " cannot be written");
    }
  }

  private void listen(Session session, WavWriter wav, Ears ears) throws IOException {
    long last = join.frames();
    while (frames < last && session.isOpen()) {
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

  private void finish(Session session, WavWriter wav, Ears ears) {
    session.close();
    try {
      wav.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String transport = session.transport().label();
    List<Ears.Heard> heard = ears.heard();
    if (json) {
      var stats = session.stats();
      var report = new Report(transport, stats.resumes(), stats.moves(), stats.duplicates(), heard);
      terminal.say(new GsonBuilder().disableHtmlEscaping().create().toJson(report));
      return;
    }
    terminal.say("heard %s over %s, in %s".formatted(seconds(), transport, out));
    String row = "%10s %8s %6s %6s %10s  %s";
    terminal.say(row.formatted("number", "frames", "lost", "late", "bytes", "name"));
    for (Ears.Heard each : heard) {
      terminal.say(
          row.formatted(
              each.number(), each.frames(), each.lost(), each.late(), each.bytes(), each.name()));
    }
  }
}
