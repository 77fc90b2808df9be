package confab.room.presence;

import confab.protocol.EdgeRun;
import confab.protocol.RoomState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What one room tells the other edges of who is in it, and when. A change is told soon, and the
/// version is repeated, so that an edge that missed a message finds out. Guarded by its room.
public final class PresenceSchedule {
  /// Presence is told at most this often.
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// The version is repeated this often while other edges have the room, and while none has.
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long REPEAT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final EdgeRun edge;
  private long version;
  private boolean listingDue;
  private boolean asking;
  private long toldAt;

  public PresenceSchedule(EdgeRun edge) {
    this.edge = edge;
  }

  /// The room begins to be told of: it is not known who else has it.
  public void begin(long now) {
    toldAt = now - REPEAT_ALONE_NANOS;
    asking = true;
  }

  /// Something about this edge's part of the room is different.
  public void change() {
    version++;
    listingDue = true;
  }

  /// The other edges are to say again what they know.
  public void ask() {
    asking = true;
    listingDue = true;
  }

  /// Another edge was heard.
  ///
  /// @param fit how what it said fits what is known
  /// @param asks whether it asks for what this edge knows
  /// @return whether there is something to tell
  public boolean hear(Roster.Fit fit, boolean asks) {
    if (fit == Roster.Fit.MISSING) {
      ask();
    }
    boolean due = asks || asking;
    listingDue |= due;
    return due;
  }

  public boolean isListingDue() {
    return listingDue;
  }

  /// When something is to be told.
  ///
  /// @param shared whether others have the room
  public long dueAt(boolean shared) {
    return toldAt + (listingDue ? GAP_NANOS : shared ? REPEAT_NANOS : REPEAT_ALONE_NANOS);
  }

  /// What is to be told now.
  public RoomState take(Roster roster, long now) {
    Optional<RoomState.Listing> listing =
        listingDue ? Optional.of(roster.listing(now)) : Optional.empty();
    var state = new RoomState(edge, version, asking, listing);
    toldAt = now;
    listingDue = false;
    asking = false;
    return state;
  }
}
