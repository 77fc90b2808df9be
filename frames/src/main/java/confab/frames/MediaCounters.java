package confab.frames;

import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;
import java.util.concurrent.atomic.LongAdder;

/// Counts media where they are handled; there is one object per transport, bound when a connection
/// enters. Any thread adds.
public final class MediaCounters {
  private final LongAdder framesIn = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder framesOut = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder bundlesOut = new LongAdder();
  private final LongAdder voicesRefuted = new LongAdder();
  private final LongAdder reportsIgnored = new LongAdder();
  private final Counts<DropReason> drops = new Counts<>(DropReason.class);

  void received(int frames, int bytes) {
    framesIn.add(frames);
    bytesIn.add(bytes);
  }

  void sent(Bundle bundle) {
    framesOut.add(bundle.frames());
    bytesOut.add(bundle.bytes().length);
    bundlesOut.increment();
  }

  /// Notes frames that were not forwarded; what is no frame counts as one.
  public void dropped(DropReason reason, int frames) {
    drops.add(reason, frames);
  }

  void refuteVoice() {
    voicesRefuted.increment();
  }

  /// Notes a receiver report that cannot be true.
  public void reportIgnored() {
    reportsIgnored.increment();
  }

  @Figure("Frames accepted from publishers")
  public long framesIn() {
    return framesIn.sum();
  }

  @Figure("Media bytes accepted from publishers")
  public long bytesIn() {
    return bytesIn.sum();
  }

  @Figure("Frames handed to receivers' links")
  public long framesOut() {
    return framesOut.sum();
  }

  @Figure("Media bytes handed to receivers' links")
  public long bytesOut() {
    return bytesOut.sum();
  }

  @Figure(
      "Datagrams or messages sent with media; frames out divided by these is how well rounds"
          + " travel together")
  public long bundlesOut() {
    return bundlesOut.sum();
  }

  @Figure("Frames whose level claimed voice in a payload too small for any; passed on without it")
  public long voicesRefuted() {
    return voicesRefuted.sum();
  }

  @Figure("Receiver reports of more frames than were sent, which are ignored")
  public long reportsIgnored() {
    return reportsIgnored.sum();
  }

  /// Frames dropped for `reason`; what is no frame counts as one.
  @Figure(name = "dropped", by = "reason", value = "Frames not forwarded, by reason")
  public long drops(DropReason reason) {
    return drops.of(reason);
  }
}
