package confab.rig.browser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// What was heard, and what can be said of it.
///
/// @param samples mono, 16 bits
/// @param rate in Hz
public record Sound(short[] samples, int rate) {
  private static final double WINDOW_SECONDS = 0.04;
  private static final double AUDIBLE = 300;

  public static Sound read(Path wav) throws IOException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(wav.toFile())) {
      return of(in.readAllBytes(), (int) in.getFormat().getSampleRate());
    } catch (UnsupportedAudioFileException e) {
      throw new IOException(wav + " is no WAV file", e);
    }
  }

  /// From little-endian 16-bit samples.
  public static Sound of(byte[] bytes, int rate) {
    ShortBuffer shorts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] samples = new short[shorts.remaining()];
    shorts.get(samples);
    return new Sound(samples, rate);
  }

  /// As a WAV file.
  public Path writeTo(Path file) throws IOException {
    var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    var format = new AudioFormat(rate, 16, 1, true, false);
    try (var in =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }

  public double seconds() {
    return (double) samples.length / rate;
  }

  public double rms() {
    return rms(0, samples.length);
  }

  /// The part of the time in which something is to be heard.
  public double audible() {
    int size = windowSize();
    int windows = samples.length / size;
    int loud = 0;
    for (int i = 0; i < windows; i++) {
      if (rms(i * size, size) > AUDIBLE) {
        loud++;
      }
    }
    return windows == 0 ? 0 : (double) loud / windows;
  }

  /// The longest time in which nothing is to be heard, in seconds.
  public double longestSilence() {
    int size = rate / 100;
    int longest = 0;
    int current = 0;
    for (int from = 0; from + size <= samples.length; from += size) {
      current = rms(from, size) > AUDIBLE / 3 ? 0 : current + 1;
      longest = Math.max(longest, current);
    }
    return longest / 100.0;
  }

  /// The median pitch of the audible windows in Hz; 0 when there are none.
  public double pitch() {
    List<Double> pitches = pitches();
    return pitches.isEmpty() ? 0 : pitches.get(pitches.size() / 2);
  }

  /// The part of the audible windows whose pitch is within 6 % of `hz`.
  public double share(double hz) {
    List<Double> pitches = pitches();
    long near = pitches.stream().filter(p -> Math.abs(p / hz - 1) < 0.06).count();
    return pitches.isEmpty() ? 0 : (double) near / pitches.size();
  }

  /// Jumps between neighbouring samples that no voice makes, per second.
  public double clicksPerSecond() {
    int clicks = 0;
    for (int i = 2; i < samples.length; i++) {
      int bend = samples[i] - 2 * samples[i - 1] + samples[i - 2];
      if (Math.abs(bend) > 12_000) {
        clicks++;
      }
    }
    return clicks / seconds();
  }

  private List<Double> pitches() {
    int size = windowSize();
    List<Double> pitches = new ArrayList<>();
    for (int from = 0; from + size <= samples.length; from += size) {
      if (rms(from, size) > AUDIBLE) {
        pitches.add(pitch(from, size));
      }
    }
    Collections.sort(pitches);
    return pitches;
  }

  /// The lag of the strongest normalised autocorrelation between 70 and 400 Hz; of nearly equal
  /// ones the shortest, as every multiple of the period correlates, too.
  private double pitch(int from, int size) {
    int shortest = rate / 400;
    int longest = Math.min(rate / 70, size - 1);
    double[] score = new double[longest + 1];
    double best = 0;
    for (int lag = shortest; lag <= longest; lag++) {
      double product = 0;
      double a = 0;
      double b = 0;
      for (int i = from; i + lag < from + size; i++) {
        product += (double) samples[i] * samples[i + lag];
        a += (double) samples[i] * samples[i];
        b += (double) samples[i + lag] * samples[i + lag];
      }
      score[lag] = product / Math.sqrt(a * b + 1);
      best = Math.max(best, score[lag]);
    }
    for (int lag = shortest + 1; lag < longest; lag++) {
      boolean peak = score[lag] >= score[lag - 1] && score[lag] >= score[lag + 1];
      if (peak && score[lag] > 0.9 * best) {
        return (double) rate / lag;
      }
    }
    return 0;
  }

  private double rms(int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / Math.max(1, length));
  }

  private int windowSize() {
    return (int) (rate * WINDOW_SECONDS);
  }
}
