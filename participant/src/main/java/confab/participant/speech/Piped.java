package confab.participant.speech;

import confab.codec.NotAudioException;
import confab.codec.Pcm;
import confab.codec.WavReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Sound out of a pipe, such as standard input, which may fall silent for as long as it likes: a
/// thread of its own waits for it.
///
/// Queue: [#CAPACITY] frames of 20 ms; the thread puts, whoever speaks takes. When it is full, a
/// recording waits in its pipe until there is room. A source in real time would stay late by all
/// that for ever: of a live one the oldest frames are dropped, when it is full, and when more than
/// [#LIVE_BACKLOG] wait.
public final class Piped implements Sound {
  /// What the pipe holds.
  public enum Form {
    WAV,
    /// Samples of 16 bits, little-endian, 48 kHz, mono; the last frame is filled up with silence.
    RAW
  }

  private static final int CAPACITY = 50;
  private static final int LIVE_BACKLOG = 5;
  private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final boolean live;
  private final Deque<short[]> waiting = new ArrayDeque<>(); // this and below guarded by this
  private @Nullable IOException failure;
  private boolean over;

  /// Reads from now on.
  ///
  /// @param in left open
  /// @param live whether the sound comes as it is made
  public Piped(InputStream in, Form form, boolean live) {
    this.in = new BufferedInputStream(in);
    this.live = live;
    // A read of standard input cannot be interrupted, and must not keep a process from ending.
    Thread.ofPlatform().name("pipe").daemon().start(() -> readAll(form));
  }

  private interface Source {
    /// Waits; false at the end.
    boolean read(short[] frame) throws IOException;
  }

  private void readAll(Form form) {
    IOException wrong = null;
    try {
      Source source =
          switch (form) {
            case WAV -> WavReader.open("standard input", in)::read;
            case RAW -> rawSamples();
          };
      var frame = new short[Pcm.FRAME_SAMPLES];
      while (source.read(frame) && put(frame)) {
        frame = new short[Pcm.FRAME_SAMPLES];
      }
    } catch (IOException e) {
      wrong = e;
    } catch (InterruptedException e) {
      // Nobody interrupts it.
    }
    end(wrong);
  }

  private Source rawSamples() throws IOException {
    in.mark(RIFF.length);
    if (java.util.Arrays.equals(in.readNBytes(RIFF.length), RIFF)) {
      throw NotAudioException.of("standard input is a WAV file and no raw samples: use --file -");
    }
    in.reset();
    return this::readRaw;
  }

  private boolean readRaw(short[] frame) throws IOException {
    byte[] bytes = new byte[2 * frame.length];
    if (in.readNBytes(bytes, 0, bytes.length) < 2) {
      return false;
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(frame);
    return true;
  }

  /// False when nobody wants it any more.
  private synchronized boolean put(short[] frame) throws InterruptedException {
    while (!over && !live && waiting.size() == CAPACITY) {
      wait();
    }
    waiting.add(frame);
    if (waiting.size() > CAPACITY) {
      waiting.remove();
    }
    return !over;
  }

  private synchronized void end(@Nullable IOException wrong) {
    failure = wrong;
    over = true;
  }

  @Override
  public synchronized Read read(short[] frame) throws IOException {
    if (live && waiting.size() > LIVE_BACKLOG) {
      while (waiting.size() > 1) {
        waiting.remove();
      }
    }
    short[] next = waiting.poll();
    if (next != null) {
      notifyAll();
      System.arraycopy(next, 0, frame, 0, frame.length);
      return Read.FRAME;
    }
    if (failure != null) {
      throw failure;
    }
    return over ? Read.END : Read.NOTHING_YET;
  }

  @Override
  public synchronized void close() {
    over = true;
    notifyAll();
  }
}
