package confab.room.presence;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.frames.BusFeed;
import confab.frames.FramePath;
import confab.frames.MediaCounters;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A room's place on the bus: attached while somebody is here. What is spoken goes out by it while
/// other edges have the room, and at first, while it is not known whether they do. Guarded by its
/// room.
public final class BusPlace {
  /// How long it takes at most to learn who else has the room.
  private static final long DISCOVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FramePath framePath;
  private final MediaCounters media;
  private Bus.@Nullable Attachment attachment;
  private long attachedAt;

  /// @param media what goes out
  public BusPlace(FramePath framePath, MediaCounters media) {
    this.framePath = framePath;
    this.media = media;
  }

  /// @return false when it is attached already
  public boolean attach(Bus bus, Subject subject, Bus.Receiver receiver, long now) {
    if (attachment != null) {
      return false;
    }
    attachment = bus.attach(subject, receiver);
    attachedAt = now;
    return true;
  }

  public boolean isAttached() {
    return attachment != null;
  }

  /// Null while nobody is here.
  public Bus.@Nullable Attachment attachment() {
    return attachment;
  }

  public void detach() {
    if (attachment != null) {
      attachment.close();
      attachment = null;
    }
  }

  /// @param shared whether other edges have the room
  public void feed(boolean shared, long now) {
    boolean early = now - attachedAt < DISCOVERY_NANOS;
    if (attachment == null || !(shared || early)) {
      framePath.setBusFeed(null);
    } else if (framePath.busFeed() == null) {
      framePath.setBusFeed(new BusFeed(attachment, media));
    }
  }
}
