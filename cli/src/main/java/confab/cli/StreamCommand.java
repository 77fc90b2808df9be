package confab.cli;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.protocol.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `confab stream`: speaks into a room, in real time. The thread that runs it reads, encodes and
/// sends.
@Command(
    name = "stream",
    description = "Join a room and speak: a WAV file, a tone, or samples from standard input.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StreamCommand implements Callable<Integer> {
  /// What to say: exactly one of these.
  static final class Source {
    @Option(
        names = "--file",
        required = true,
        paramLabel = "<wav>",
        description = "a WAV file, or - for --stdin-pcm")
    private @Nullable String file;

    @Option(
        names = "--tone",
        required = true,
        paramLabel = "<hertz>",
        description = "a sine, such as 440")
    private @Nullable Double tone;

    @Option(
        names = "--stdin-pcm",
        required = true,
        description = "raw samples from standard input: 16 bits little-endian, 48 kHz, mono")
    private boolean stdin;
  }

  @Mixin private JoinOptions join = new JoinOptions();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(names = "--loop", description = "begin the file again when it ends")
  private boolean loop;

  @Option(
      names = "--bitrate",
      paramLabel = "<rate>",
      converter = BitRates.class,
      description = "of the speech in bit/s (default: 32k)")
  private int bitrate = SpeechEncoder.DEFAULT_BITRATE;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final InputStream in;
  private int sequence;
  private long frames;
  private long bytes;

  StreamCommand(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    var config = join.config(Objects.requireNonNull(spec));
    try (Sound sound = open();
        HeadlessParticipant self = HeadlessParticipant.connect(config, terminal.notices());
        var end = new AtEnd(() -> finish(self))) {
      speak(sound, self);
      return terminal.end(self.ending());
    }
  }

  private Sound open() throws NotAudioException {
    if (source.tone != null) {
      return new Sound.Tone(source.tone);
    }
    if (source.stdin || source.file == null || source.file.equals("-")) {
      return new Sound.Raw(in);
    }
    return new Sound.Wav(Path.of(source.file), loop);
  }

  private void speak(Sound sound, HeadlessParticipant self) throws IOException {
    var encoder = new SpeechEncoder(bitrate);
    var hangover = new VoiceHangover();
    var pacer = Pacer.speaking();
    long last =
        join.duration().map(time -> time.toMillis() / Pcm.FRAME_MILLIS).orElse(Long.MAX_VALUE);
    short[] samples = new short[Pcm.FRAME_SAMPLES];
    while (self.isOpen()) {
      int due = pacer.await();
      for (long position = pacer.position() - due; position < pacer.position(); position++) {
        if (position >= last || !sound.read(samples)) {
          return;
        }
        send(self, encoder.encode(samples), hangover.applyTo(Pcm.level(samples)), position);
      }
      if (sequence % 50 == 0) {
        showProgress(self);
      }
    }
  }

  /// Without a connection the frame is lost, and its number with it.
  ///
  /// @param position of the frame in the schedule, which goes on where frames are skipped
  private void send(HeadlessParticipant self, byte[] opus, int level, long position) {
    int timestamp = (int) (position * Pcm.FRAME_SAMPLES);
    if (self.send(new Frame(false, level, 0, sequence++, timestamp, opus))) {
      frames++;
      bytes += opus.length;
    }
  }

  private void showProgress(HeadlessParticipant self) {
    terminal.progress(
        "speaking %s as %s, %d others, round trip %d ms"
            .formatted(
                seconds(frames),
                self.you().name(),
                self.roster().size() - 1,
                self.roundTrip().toMillis()));
  }

  private static String seconds(long frames) {
    return String.format(Locale.ROOT, "%.1f s", frames * Pcm.FRAME_MILLIS / 1000.0);
  }

  private void finish(HeadlessParticipant self) {
    self.close();
    terminal.say(
        "spoke %s over %s: %d frames, %d bytes"
            .formatted(seconds(frames), self.transport().label(), frames, bytes));
  }
}
