package confab.cli;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.participant.Session;
import confab.participant.speech.Mouth;
import confab.participant.speech.Sound;
import confab.terminal.Terminal;
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

  StreamCommand(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    var config = join.config(Objects.requireNonNull(spec));
    try (Sound sound = open();
        Session session = Session.join(config, Sessions.notices(terminal))) {
      var mouth = new Mouth(session, bitrate);
      try (var end = new AtEnd(() -> finish(session, mouth))) {
        speak(sound, session, mouth);
        return Sessions.end(terminal, session.ending());
      }
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

  private void speak(Sound sound, Session session, Mouth mouth) throws IOException {
    short[] samples = new short[Pcm.FRAME_SAMPLES];
    long last = join.frames();
    long frame = mouth.awaitTurn();
    while (session.isOpen() && frame < last && sound.read(samples)) {
      mouth.say(samples);
      if (frame % 50 == 0) {
        showProgress(session, mouth);
      }
      frame = mouth.awaitTurn();
    }
  }

  private void showProgress(Session session, Mouth mouth) {
    terminal.progress(
        "speaking %s as %s, %d others, round trip %d ms"
            .formatted(
                seconds(mouth),
                session.you().name(),
                session.roster().size() - 1,
                session.roundTrip().toMillis()));
  }

  private static String seconds(Mouth mouth) {
    return String.format(Locale.ROOT, "%.1f s", mouth.frames() * Pcm.FRAME_MILLIS / 1000.0);
  }

  private void finish(Session session, Mouth mouth) {
    session.close();
    terminal.say(
        "spoke %s over %s: %d frames, %d bytes"
            .formatted(seconds(mouth), session.transport().label(), mouth.frames(), mouth.bytes()));
  }
}
