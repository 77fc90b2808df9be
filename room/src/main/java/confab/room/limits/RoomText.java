package confab.room.limits;

import confab.frames.TokenBucket;

/// How much may be written in one room, by each and by all. A part of what all may write at once is
/// kept for those who have written little of late, here or elsewhere: a few who write as much as
/// they may silence nobody.
///
/// Guarded by its room.
public final class RoomText {
  /// The part of the room's burst that is kept.
  private static final double KEPT = 0.25;

  private final TextLimits limits;
  private final LimitCounters limited;
  private final TokenBucket room;

  public RoomText(TextLimits limits, LimitCounters limited, long now) {
    this.limits = limits;
    this.limited = limited;
    room = new TokenBucket(limits.room(), now);
  }

  /// What somebody new in the room may write.
  public StrictBucket person(long now) {
    return new StrictBucket(limits.person(), now);
  }

  /// Takes the bytes of what one person wants to write.
  ///
  /// @param person from [#person]
  /// @return nanoseconds until it makes sense to write it again; 0 when it may be told
  public long take(StrictBucket person, int bytes, long now) {
    int cost = bytes + TextLimits.OVERHEAD;
    long wait = person.nanosUntil(cost, now);
    if (wait > 0) {
      limited.count(Limit.TEXT);
      return person.refuse(wait, now);
    }
    wait = room.nanosUntil(hasWrittenLittle(person, now) ? cost : withKept(cost), now);
    if (wait > 0) {
      limited.count(Limit.ROOM_TEXT);
      return wait;
    }
    person.take(cost, now);
    boolean _ = room.tryTake(cost, now);
    return 0;
  }

  /// Takes the bytes of what was written on another edge, which has limited its writer.
  ///
  /// @return whether it may be told
  public boolean takeFromElsewhere(int bytes, long now) {
    boolean taken = room.tryTake(bytes + TextLimits.OVERHEAD, now);
    if (!taken) {
      limited.count(Limit.ROOM_TEXT);
    }
    return taken;
  }

  private boolean hasWrittenLittle(StrictBucket person, long now) {
    return person.nanosUntil(limits.person().burst() / 2.0, now) == 0;
  }

  private double withKept(int cost) {
    int burst = limits.room().burst();
    return Math.min(cost + KEPT * burst, burst);
  }
}
