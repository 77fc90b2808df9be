package confab.room.limits;

import confab.protocol.UserId;

/// How many of something each user has at a time whom a token names, from wherever they come; as
/// [AddressPlaces] for addresses. Guarded by itself.
public final class UserPlaces {
  private final int most;
  private final Counts<UserId> users = new Counts<>();

  public UserPlaces(int most) {
    this.most = most;
  }

  /// Takes one, which [#free] gives back, whether there is a place or not.
  public synchronized void add(UserId user) {
    users.add(user);
  }

  /// Whether the user may have one more.
  ///
  /// @param back as for [AddressPlaces#hasPlace]
  public synchronized boolean hasPlace(UserId user, boolean back) {
    return users.of(user) < AddressPlaces.bound(most, back);
  }

  /// Called once for each one that was taken.
  public synchronized void free(UserId user) {
    users.remove(user);
  }
}
