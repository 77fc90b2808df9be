package confab.participant;

import confab.protocol.Event;
import confab.protocol.UserId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// Tells which lines of chat were heard before. Whoever does not know whether a line arrived says
/// it again, with the same id, perhaps as a new participant: lines are told apart by user and id.
///
/// Bound: the last [#MEMORY] lines. Touched with events only.
final class Repetitions {
  static final int MEMORY = 1000;

  private record Line(UserId user, int id) {}

  private final SequencedSet<Line> heard = new LinkedHashSet<>();

  /// @param user of the participant who says it, if it is known; without it nothing can be told
  boolean isRepeated(Event.Said said, Optional<UserId> user) {
    if (said.id() == 0 || user.isEmpty()) {
      return false;
    }
    boolean repeated = !heard.add(new Line(user.get(), said.id()));
    if (heard.size() > MEMORY) {
      heard.removeFirst();
    }
    return repeated;
  }
}
