package confab.frames;

import java.util.ArrayList;
import java.util.List;

/// The few who speak on other edges, by number. Guarded by `gather` of their [FramePath].
///
/// Bound: [#CAPACITY]; when it is full, the one longest unheard goes.
final class RemoteSpeakers {
  static final int CAPACITY = 64;

  private final List<Speaker> speakers = new ArrayList<>();

  /// Looked through from the front: who speaks now has long been among them.
  Speaker find(int participant) {
    int oldest = 0;
    for (int i = 0; i < speakers.size(); i++) {
      Speaker speaker = speakers.get(i);
      if (speaker.participant() == participant) {
        return speaker;
      }
      oldest = speaker.heardAt() - speakers.get(oldest).heardAt() < 0 ? i : oldest;
    }
    var speaker = new Speaker(participant);
    if (speakers.size() < CAPACITY) {
      speakers.add(speaker);
    } else {
      speakers.set(oldest, speaker);
    }
    return speaker;
  }
}
