package confab.room.limits;

import confab.frames.Rate;
import confab.protocol.UserId;

/// How often each user whom a token names does something, from wherever they do it; as
/// [AddressRates] for addresses. Guarded by itself.
public final class UserRates {
  private final Buckets<UserId> users;

  public UserRates(Rate rate) {
    users = new Buckets<>(rate);
  }

  /// Takes one.
  ///
  /// @param now in nanoseconds
  /// @return nanoseconds until it makes sense to try again; 0 when it was taken
  public synchronized long take(UserId user, long now) {
    return users.of(user, now).tryTake(1, now);
  }

  /// What [#take] would say now. Takes nothing, and is no try.
  public synchronized long nanosUntilNext(UserId user, long now) {
    return users.of(user, now).nanosUntil(1, now);
  }
}
