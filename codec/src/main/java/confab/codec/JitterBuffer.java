package confab.codec;

import java.util.Arrays;
import java.util.TreeMap;

/// One speaker's packets on their way to the ear. The buffer puts packets in order, waits a little
/// for late ones, and bridges those that do not come in time.
///
/// Packets are put by the thread that receives, samples are taken every 20 ms by the thread that
/// plays; everything is guarded by `this`. Holds at most [#MAX_PACKETS] packets: when more come
/// than are played, the oldest are skipped and count as lost.
public final class JitterBuffer {
  /// What became of the packets so far.
  ///
  /// @param frames that arrived, also too late; duplicates do not count
  /// @param lost that never arrived, or were skipped
  /// @param late that arrived after their turn
  /// @param duplicates that had arrived before
  /// @param concealed stretches of 20 ms that were bridged, by a copy in the next packet or a guess
  /// @param undecodable that made no sense to Opus
  public record Stats(
      long frames, long lost, long late, long duplicates, long concealed, long undecodable) {}

  private record Packet(long timestamp, byte[] opus) {}

  static final int MAX_PACKETS = 32;

  /// How many frames a stretch of speech waits before it is played; more when packets come late.
  static final int MIN_DEPTH = 3;

  static final int MAX_DEPTH = 12;

  /// This many frames in a row are bridged; after that the speaker counts as silent.
  private static final int MAX_BRIDGED = 5;

  /// This many frames without a packet end the stretch of speech; the next stretch waits
  /// [#MIN_DEPTH] anew.
  private static final int MAX_STARVED = 25;

  /// This many late packets in a row mean that the delay of the link has grown.
  private static final int LATE_BEFORE_WAITING = 4;

  /// A jump in sequence that no loss explains: the speaker began anew.
  private static final int RESTART_GAP = 512;

  private static final int SEEN = 2 * RESTART_GAP;
  private static final int STEP = Pcm.FRAME_SAMPLES;

  private final SpeechDecoder decoder = new SpeechDecoder();

  /// By sequence; sequence and timestamp go on beyond 32 bits here.
  private final TreeMap<Long, Packet> packets = new TreeMap<>();

  private final long[] seen = new long[SEEN];

  /// Samples decoded and not yet played: a packet need not last 20 ms.
  private final short[] decoded = new short[SpeechDecoder.MAX_PACKET_SAMPLES + STEP];

  private int decodedSamples;

  /// Whether a packet was put since the last restart; if so, the next two fields are meaningful.
  private boolean started;

  private long newestSequence;
  private long newestTimestamp;

  /// What is to be played next; packets before it are late.
  private long nextSequence;

  private long nextTimestamp;
  private boolean playing;
  private boolean everPlayed;
  private int waited;
  private int depth = MIN_DEPTH;
  private int starved;
  private int bridged;
  private int lateInARow;
  private long frames;
  private long lost;
  private long late;
  private long duplicates;
  private long concealed;

  /// Takes in one packet as it arrived, in any order.
  ///
  /// @param sequence plus 1 for every packet, wraps
  /// @param timestamp 48 kHz ticks at the first sample, wraps; a jump without a gap in `sequence`
  ///     is silence that was not sent
  /// @param opus kept, not copied
  public synchronized void put(int sequence, int timestamp, byte[] opus) {
    if (!started || Math.abs((long) (sequence - (int) newestSequence)) > RESTART_GAP) {
      restart(sequence, timestamp);
    }
    long at = newestSequence + (sequence - (int) newestSequence);
    long time = newestTimestamp + (timestamp - (int) newestTimestamp);
    if (seen[slot(at)] == at) {
      duplicates++;
      return;
    }
    seen[slot(at)] = at;
    frames++;
    if (at > newestSequence) {
      newestSequence = at;
      newestTimestamp = time;
    }
    if ((everPlayed && at < nextSequence)
        || (playing && packets.isEmpty() && time < nextTimestamp)) {
      onLate(at);
      return;
    }
    lateInARow = 0;
    packets.put(at, new Packet(time, opus));
    if (packets.size() > MAX_PACKETS) {
      skipToDepth();
    }
  }

  private static int slot(long sequence) {
    return (int) Math.floorMod(sequence, (long) SEEN);
  }

  private void restart(int sequence, int timestamp) {
    lost += packets.size();
    packets.clear();
    Arrays.fill(seen, Long.MIN_VALUE);
    started = true;
    newestSequence = sequence;
    newestTimestamp = timestamp;
    everPlayed = false;
    lateInARow = 0;
    waitAnew();
  }

  private void waitAnew() {
    playing = false;
    waited = 0;
    starved = 0;
    bridged = 0;
  }

  private void onLate(long at) {
    late++;
    if (at >= nextSequence) {
      lost += at - nextSequence;
      nextSequence = at + 1;
    } else if (lost > 0) {
      // The packet counted as lost when its turn came.
      lost--;
    }
    if (++lateInARow >= LATE_BEFORE_WAITING) {
      lateInARow = 0;
      depth = Math.min(depth + 2, MAX_DEPTH);
      waitAnew();
    }
  }

  private void skipToDepth() {
    long before = everPlayed ? nextSequence : packets.firstKey();
    while (packets.size() > depth) {
      packets.pollFirstEntry();
    }
    var first = packets.firstEntry();
    lost += first.getKey() - before;
    nextSequence = first.getKey();
    nextTimestamp = first.getValue().timestamp();
    everPlayed = true;
  }

  /// The next 20 ms of this speaker.
  ///
  /// @param frame [Pcm#FRAME_SAMPLES] samples, overwritten, with silence when there is nothing
  /// @return whether there was something
  public synchronized boolean take(short[] frame) {
    boolean more = true;
    while (more && decodedSamples < STEP) {
      more = step();
    }
    int count = Math.min(decodedSamples, STEP);
    System.arraycopy(decoded, 0, frame, 0, count);
    Arrays.fill(frame, count, STEP, (short) 0);
    decodedSamples -= count;
    System.arraycopy(decoded, count, decoded, 0, decodedSamples);
    return count > 0;
  }

  /// Decodes or bridges one packet; false when this frame is silent.
  private boolean step() {
    if (!playing && !startPlaying()) {
      return false;
    }
    if (packets.isEmpty()) {
      return starve();
    }
    starved = 0;
    var first = packets.firstEntry();
    long ahead = first.getValue().timestamp() - nextTimestamp;
    if (ahead < STEP || ahead > (long) MAX_PACKETS * STEP) {
      play(first.getKey(), first.getValue());
      return true;
    }
    nextTimestamp += STEP;
    if (first.getKey() == nextSequence) {
      // Nothing is missing: the silence between was not sent.
      return false;
    }
    if (ahead < 2 * STEP) {
      append(decoder.recover(first.getValue().opus()));
      concealed++;
      return true;
    }
    return bridge();
  }

  private boolean startPlaying() {
    if (packets.isEmpty() || ++waited <= depth) {
      return false;
    }
    var first = packets.firstEntry();
    if (!everPlayed) {
      nextSequence = first.getKey();
    }
    nextTimestamp = first.getValue().timestamp();
    playing = true;
    everPlayed = true;
    return true;
  }

  private void play(long sequence, Packet packet) {
    packets.pollFirstEntry();
    lost += sequence - nextSequence;
    short[] samples = decoder.decode(packet.opus());
    append(samples);
    nextSequence = sequence + 1;
    nextTimestamp = packet.timestamp() + samples.length;
    bridged = 0;
  }

  private boolean starve() {
    nextTimestamp += STEP;
    if (++starved > MAX_STARVED) {
      waitAnew();
      return false;
    }
    return bridge();
  }

  private boolean bridge() {
    if (++bridged > MAX_BRIDGED) {
      return false;
    }
    append(decoder.conceal());
    concealed++;
    return true;
  }

  private void append(short[] samples) {
    System.arraycopy(samples, 0, decoded, decodedSamples, samples.length);
    decodedSamples += samples.length;
  }

  public synchronized Stats stats() {
    return new Stats(frames, lost, late, duplicates, concealed, decoder.failures());
  }
}
