package confab.cli;

import confab.participant.JoinException;
import confab.participant.Session;
import confab.terminal.Interruption;
import org.jspecify.annotations.Nullable;

/// Whether a command is to end (Ctrl-C and such). Used by the command's thread, from its beginning
/// to its end.
final class Stop implements AutoCloseable {
  private final Thread command = Thread.currentThread();
  private final Interruption interruption = new Interruption(this::request);
  private volatile boolean requested;
  private boolean joining; // guarded by this

  /// Joins a room, which may take its time.
  interface Joining {
    Session join() throws JoinException;
  }

  private synchronized void request() {
    requested = true;
    if (joining) {
      command.interrupt();
    }
  }

  boolean isRequested() {
    return requested;
  }

  /// Null when the command is to end before the room has been joined.
  @Nullable Session join(Joining room) throws JoinException {
    if (!begin()) {
      return null;
    }
    try {
      return room.join();
    } catch (JoinException e) {
      if (requested) {
        return null;
      }
      throw e;
    } finally {
      joined();
    }
  }

  private synchronized boolean begin() {
    joining = !requested;
    return joining;
  }

  private synchronized void joined() {
    joining = false;
    boolean _ = Thread.interrupted();
  }

  @Override
  public void close() {
    interruption.close();
  }
}
