package confab.participant.speech;

import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.participant.Session;
import confab.protocol.Frame;
import java.util.function.Predicate;

/// Speaks into a session: makes frames of 20 ms out of samples and numbers them. Used by one
/// thread.
///
/// A file is read at once, so [#awaitTurn] keeps the time of speech; a microphone keeps it itself.
public final class Mouth {
  private final Predicate<Frame> way;
  private final SpeechEncoder encoder;
  private final VoiceHangover hangover = new VoiceHangover();
  private final Turns turns = new Turns(Pacer::speaking);
  private long position;
  private int sequence;
  private long frames;
  private long bytes;

  /// With 32 kbit/s.
  public Mouth(Session session) {
    this(session, SpeechEncoder.DEFAULT_BITRATE);
  }

  /// @param bitrate in bit/s; see [SpeechEncoder]
  public Mouth(Session session, int bitrate) {
    this(session::send, bitrate);
  }

  /// @param way sends a frame, or says that it is lost
  Mouth(Predicate<Frame> way, int bitrate) {
    this.way = way;
    encoder = new SpeechEncoder(bitrate);
  }

  /// Waits until the next frame is due, 20 ms after the one before; the first is due at once. When
  /// the caller is late, the next frames follow in pairs, and what is late by more than half a
  /// second is skipped.
  ///
  /// @return the place of that frame in the schedule: 0, 1, 2, ..., with gaps where frames were
  ///     skipped
  public long awaitTurn() {
    position = turns.await();
    return position;
  }

  /// Encodes and sends a frame, some 0.5 ms of CPU. Without a connection it is lost, and its number
  /// with it: listeners conceal it.
  ///
  /// @param samples [Pcm#FRAME_SAMPLES] of 16 bits, 48 kHz, mono; neither kept nor changed
  /// @return whether it went
  public boolean say(short[] samples) {
    byte[] opus = encoder.encode(samples);
    int level = hangover.applyTo(Pcm.level(samples));
    int timestamp = (int) (position * Pcm.FRAME_SAMPLES);
    position++;
    boolean sent = way.test(new Frame(false, level, 0, sequence++, timestamp, opus));
    if (sent) {
      frames++;
      bytes += opus.length;
    }
    return sent;
  }

  /// How many frames of 20 ms went.
  public long frames() {
    return frames;
  }

  /// How many bytes of Opus those were.
  public long bytes() {
    return bytes;
  }
}
