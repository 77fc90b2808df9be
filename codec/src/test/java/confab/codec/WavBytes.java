package confab.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A WAV file of any format, in memory.
record WavBytes(String kind, int bits, int rate, int channels) {
  /// The same tone on all channels.
  byte[] tone(double hertz, double amplitude, int frames) {
    boolean extensible = kind.equals("extensible");
    int format = extensible ? 40 : 16;
    int data = frames * channels * bits / 8;
    var wav = ByteBuffer.allocate(12 + 8 + format + 8 + data).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(wav.capacity() - 8).put(ascii("WAVEfmt ")).putInt(format);
    int tag = kind.equals("float") ? 3 : 1;
    wav.putShort((short) (extensible ? 0xfffe : tag)).putShort((short) channels).putInt(rate);
    wav.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    wav.putShort((short) bits);
    if (extensible) {
      wav.putShort((short) 22).putShort((short) bits).putInt(3).putShort((short) 1);
      wav.put(
          new byte[] {
            0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
          });
    }
    wav.put(ascii("data")).putInt(data);
    for (int i = 0; i < frames; i++) {
      for (int channel = 0; channel < channels; channel++) {
        put(wav, Tone.value(hertz, amplitude, i, rate));
      }
    }
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void put(ByteBuffer wav, double value) {
    if (kind.equals("float")) {
      if (bits == 32) {
        wav.putFloat((float) value);
      } else {
        wav.putDouble(value);
      }
      return;
    }
    long sample = Math.round(value * ((1L << bits - 1) - 1));
    switch (bits) {
      case 8 -> wav.put((byte) (sample + 128));
      case 16 -> wav.putShort((short) sample);
      case 24 -> wav.put((byte) sample).putShort((short) (sample >> 8));
      default -> wav.putInt((int) sample);
    }
  }
}
