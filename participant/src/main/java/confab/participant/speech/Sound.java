package confab.participant.speech;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.WavReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// What a [Mouth] may say, frame by frame. Used by one thread.
public sealed interface Sound extends Closeable {
  /// Fills one frame of 20 ms, [Pcm#FRAME_SAMPLES] samples; false at the end. May wait where
  /// samples come from a stream.
  boolean read(short[] frame) throws IOException;

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
    public boolean read(short[] frame) throws NotAudioException {
      if (reader.read(frame)) {
        return true;
      }
      if (!loop) {
        return false;
      }
      reader.close();
      reader = WavReader.open(path);
      return reader.read(frame);
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
    public boolean read(short[] frame) {
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (short) Math.round(AMPLITUDE * Math.sin(phase));
        phase = (phase + step) % (2 * Math.PI);
      }
      return true;
    }
  }

  /// Raw samples, 16 bits little-endian, 48 kHz, mono; the last frame is filled up with silence.
  ///
  /// @param in left open
  record Raw(InputStream in) implements Sound {
    @Override
    public boolean read(short[] frame) throws IOException {
      byte[] bytes = new byte[2 * frame.length];
      if (in.readNBytes(bytes, 0, bytes.length) < 2) {
        return false;
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(frame);
      return true;
    }
  }
}
