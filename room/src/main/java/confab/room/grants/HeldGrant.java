package confab.room.grants;

import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.room.grants.TokenReader.Reading;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the participant of one connection may do, and how that changes, ends or is taken back.
/// Thread-safe but for [#warning].
public final class HeldGrant {
  /// So long before its end a participant is told that what it may do will end.
  private static final long WARNING_MILLIS = 30_000;

  /// Whoever renews by tokens that end as soon is not told of each of them.
  private static final long BETWEEN_WARNINGS_NANOS = 10_000_000_000L;

  private final Access access;
  private final RoomId room;
  private final UserId user;
  private final Consumer<UserId> verified;
  private final InstantSource clock;
  private final AtomicBoolean reading = new AtomicBoolean();

  /// Settled before the participant enters, and then changed by other tokens only.
  private volatile Grant grant = Grant.OPEN;

  // Owned by the thread that asks for warnings.
  private @Nullable Grant warnedOf;
  private long warnedAt;

  /// @param verified told the user when a token names it, by the thread that has found so
  public HeldGrant(
      Access access, RoomId room, UserId user, Consumer<UserId> verified, InstantSource clock) {
    this.access = access;
    this.room = room;
    this.user = user;
    this.verified = verified;
    this.clock = clock;
  }

  public Grant now() {
    return grant;
  }

  /// What it may when it enters, and from another token on.
  public void settle(Grant granted) {
    grant = granted;
    if (granted.verified()) {
      verified.accept(user);
    }
  }

  /// Whether it has ended or was taken back.
  public boolean isOver() {
    return clock.millis() >= grant.expires().toEpochMilli()
        || access.revocations().cover(user, grant);
  }

  /// Reads another token, aside, since keys may have to be fetched. What it grants counts from then
  /// on; one that is not good changes nothing.
  ///
  /// @param granted told what it grants
  /// @param refused told why it is not good, in a sentence for a person
  /// @return false while another one is being read
  public boolean renew(String token, Consumer<Reading.Good> granted, Consumer<String> refused) {
    if (!reading.compareAndSet(false, true)) {
      return false;
    }
    access
        .aside()
        .execute(
            () -> {
              switch (access.tokens().read(room, user, token)) {
                case Reading.Good good -> {
                  settle(good.grant());
                  granted.accept(good);
                }
                case Reading.Bad(String why) -> refused.accept(why);
              }
              reading.set(false);
            });
    return true;
  }

  /// How many milliseconds are left, when the participant has to be told so; once for each grant.
  /// Called by one thread.
  ///
  /// @param nanos the time, monotonic
  public OptionalInt warning(long nanos) {
    Grant ending = grant;
    long left = ending.expires().toEpochMilli() - clock.millis();
    boolean justWarned = warnedOf != null && nanos - warnedAt < BETWEEN_WARNINGS_NANOS;
    if (left > WARNING_MILLIS || ending == warnedOf || justWarned) {
      return OptionalInt.empty();
    }
    warnedOf = ending;
    warnedAt = nanos;
    return OptionalInt.of((int) Math.max(left, 0));
  }
}
