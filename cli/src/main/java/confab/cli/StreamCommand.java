package confab.cli;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.participant.Session;
import confab.participant.SessionListener;
import confab.participant.speech.Mouth;
import confab.participant.speech.Piped;
import confab.participant.speech.Sound;
import confab.protocol.Event;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `confab stream`: speaks into a room, in real time. The thread that runs it reads, encodes and
/// sends.
@Command(
    name = "stream",
    description = "Join a room and speak: a WAV file, a tone, or samples from standard input.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StreamCommand implements Callable<Integer> {
  private static final double LOWEST = 20;
  private static final double HIGHEST = 20_000;

  /// What to say: exactly one of these.
  static final class Source {
    @Option(
        names = "--file",
        required = true,
        paramLabel = "<wav>",
        description = "a WAV file; - is one on standard input")
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
      names = "--live",
      description =
          "standard input is sound as it is made: what it held while nothing was sent is dropped,"
              + " instead of said late from then on")
  private boolean live;

  @Option(
      names = "--bitrate",
      paramLabel = "<rate>",
      converter = BitRates.class,
      description =
          "of the speech in bit/s, 6k to 128k (default: 32k). A voice takes 8k at least. From "
              + SpeechEncoder.LEAST_BITRATE_WITH_COPY / 1000
              + "k on each packet carries a copy of the one before it, for when that is lost; with"
              + " less than 28k the copy costs the highest frequencies")
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
    check();
    try (var stop = new Stop();
        Sound sound = open()) {
      Session session = stop.join(() -> Session.join(config, listener()));
      return session == null ? 0 : speak(sound, session, stop);
    }
  }

  private SessionListener listener() {
    return Sessions.notices(terminal).andThen(new BitrateNotice());
  }

  /// Tells once that the token allows less than is said.
  private final class BitrateNotice implements SessionListener {
    private boolean told;

    @Override
    public void event(Event event) {
      if (!told
          && event instanceof Event.PublisherReport report
          && report.maxBitrate().orElse(bitrate) < bitrate) {
        told = true;
        terminal.warn(
            "the token allows %d bit/s, and what is above is dropped: see --bitrate"
                .formatted(report.maxBitrate().getAsInt()));
      }
    }
  }

  private int speak(Sound sound, Session session, Stop stop) throws IOException {
    var mouth = new Mouth(session, bitrate);
    try (session) {
      Sessions.tellOfJoining(terminal, session);
      speak(sound, session, mouth, stop);
      int code = Sessions.end(terminal, session.ending());
      finish(session, mouth);
      return code;
    }
  }

  private void check() {
    boolean piped = source.stdin || "-".equals(source.file);
    if (loop && (piped || source.tone != null)) {
      throw wrong("--loop needs a file that can be begun again");
    }
    if (live && !piped) {
      throw wrong("--live is about standard input");
    }
    if (source.tone != null && !(source.tone >= LOWEST && source.tone <= HIGHEST)) {
      throw wrong("--tone must be within hearing: 20 to 20000 hertz");
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
  }

  private Sound open() throws NotAudioException {
    if (source.tone != null) {
      return new Sound.Tone(source.tone);
    }
    if (source.stdin || source.file == null) {
      return new Piped(in, Piped.Form.RAW, live);
    }
    return source.file.equals("-")
        ? new Piped(in, Piped.Form.WAV, live)
        : new Sound.Wav(Path.of(source.file), loop);
  }

  private void speak(Sound sound, Session session, Mouth mouth, Stop stop) throws IOException {
    short[] samples = new short[Pcm.FRAME_SAMPLES];
    long last = join.frames();
    long frame = mouth.awaitTurn();
    while (session.isOpen() && frame < last && !stop.isRequested()) {
      switch (sound.read(samples)) {
        case FRAME -> mouth.say(samples);
        case NOTHING_YET -> {}
        case END -> {
          return;
        }
      }
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
