package confab.cli;

import com.google.gson.GsonBuilder;
import confab.codec.Pcm;
import confab.codec.WavWriter;
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
    var ears = new Ears(terminal::warn);
    try (WavWriter wav = create(command);
        HeadlessParticipant self = HeadlessParticipant.connect(config, ears);
        var end = new AtEnd(() -> finish(self, wav, ears))) {
      listen(self, wav, ears);
      return terminal.end(self.ending());
    }
  }

  private WavWriter create(CommandSpec command) {
    try {
      return new WavWriter(out);
    } catch (IOException e) {
      throw new ParameterException(command.commandLine(), out + " cannot be written");
    }
  }

  private void listen(HeadlessParticipant self, WavWriter wav, Ears ears) throws IOException {
    var pacer = Pacer.listening();
    long last =
        join.duration().map(time -> time.toMillis() / Pcm.FRAME_MILLIS).orElse(Long.MAX_VALUE);
    while (frames < last && self.isOpen()) {
      for (int due = pacer.await(); due > 0 && frames < last; due--) {
        wav.write(ears.mix());
        frames++;
      }
      if (frames % 50 == 0) {
        terminal.progress("listening " + seconds());
      }
    }
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.1f s", frames * Pcm.FRAME_MILLIS / 1000.0);
  }

  private void finish(HeadlessParticipant self, WavWriter wav, Ears ears) {
    self.close();
    try {
      wav.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String transport = self.transport().label();
    List<Ears.Heard> heard = ears.heard();
    if (json) {
      var stats = self.stats();
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
