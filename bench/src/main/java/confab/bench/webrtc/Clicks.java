package confab.bench.webrtc;

import confab.rig.browser.Sound;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// A voice with a click each second, which is louder than all of the voice: what a microphone hears
/// in these measurements.
final class Clicks {
  /// Between the voice and the clicks, of full scale.
  static final double CLICK_LEVEL = 0.5;

  /// Below the voice, above what is left of it when it is concealed away.
  static final double VOICE_LEVEL = 0.01;

  private static final int SECONDS = 6;
  private static final int TURN_SECONDS = 2;
  private static final int PAUSE_SAMPLES = Voice.RATE * 7 / 10;
  private static final double PITCH_HZ = 150;
  private static final int CLICK_SAMPLES = Voice.RATE / 100;
  private static final double CLICK_HZ = 1000;
  private static final double AMPLITUDE = 0.9 * Short.MAX_VALUE;

  private Clicks() {}

  static Path writeTo(Path file) throws IOException {
    return writeTo(file, new Voice(PITCH_HZ).speak(SECONDS), 1);
  }

  /// Of each two seconds the last 0.7 are silent, which is longer than pages send silence.
  static Path writeWithPausesTo(Path file) throws IOException {
    short[] samples = new Voice(PITCH_HZ).speak(SECONDS);
    for (int end = TURN_SECONDS * Voice.RATE;
        end <= samples.length;
        end += TURN_SECONDS * Voice.RATE) {
      Arrays.fill(samples, end - PAUSE_SAMPLES, end, (short) 0);
    }
    return writeTo(file, samples, TURN_SECONDS);
  }

  private static Path writeTo(Path file, short[] samples, int eachSeconds) throws IOException {
    for (int second = 0; second < SECONDS; second += eachSeconds) {
      int from = second * Voice.RATE + Voice.RATE / 2;
      for (int i = 0; i < CLICK_SAMPLES; i++) {
        samples[from + i] = (short) (AMPLITUDE * Math.sin(2 * Math.PI * CLICK_HZ * i / Voice.RATE));
      }
    }
    return new Sound(samples, Voice.RATE).writeTo(file);
  }
}
