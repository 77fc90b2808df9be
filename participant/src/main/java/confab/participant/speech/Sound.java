package confab.participant.speech;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.WavReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// What a [Mouth] may say, frame by frame. Used by one thread.
public sealed interface Sound extends Closeable permits Sound.Tone, Sound.Wav, Piped {
  /// What became of a frame that was to be filled.
  enum Read {
    FRAME,
    /// There is nothing to say now, but there may be later.
    NOTHING_YET,
    END
  }

  /// Fills one frame of 20 ms, [Pcm#FRAME_SAMPLES] samples. Never waits for a pipe.
  Read read(short[] frame) throws IOException;

  @Override
  default void close() {}

  /// A WAV file, once or over and over.
  final class Wav implements Sound {
    private final Path path;
    private final boolean loop;
    private WavReader reader;

    public Wav(Path path, boolean loop) throws NotAudioException {
      this.path = path;
      this.loop = loop;
      reader = WavReader.open(path);
    }

    @Override
    public Read read(short[] frame) throws NotAudioException {
      if (reader.read(frame)) {
        return Read.FRAME;
      }
      if (!loop) {
        return Read.END;
      }
      reader.close();
      reader = WavReader.open(path);
      return reader.read(frame) ? Read.FRAME : Read.END;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /// A sine a quarter as loud as can be; without end.
  final class Tone implements Sound {
    private static final double AMPLITUDE = 0.25 * Short.MAX_VALUE;

    private final double step;
    private double phase;

    public Tone(double hertz) {
      step = 2 * Math.PI * hertz / Pcm.SAMPLE_RATE;
    }

    @Override
    public Read read(short[] frame) {
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (short) Math.round(AMPLITUDE * Math.sin(phase));
        phase = (phase + step) % (2 * Math.PI);
      }
      return Read.FRAME;
    }
  }
}
