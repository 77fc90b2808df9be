package confab.protocol;

import java.util.Optional;

/// What a participant shows everybody for a moment. The set is fixed, so that no page has to show a
/// picture or text that somebody else made up.
public enum Reaction {
  THUMBS_UP,
  APPLAUSE,
  HEART,
  LAUGHTER,
  SURPRISE,
  PARTY;

  /// The number on the wire; 0 stands for none.
  int number() {
    return ordinal() + 1;
  }

  /// Empty for one that this version does not know.
  static Optional<Reaction> fromNumber(int number) {
    Reaction[] all = values();
    return number >= 1 && number <= all.length ? Optional.of(all[number - 1]) : Optional.empty();
  }
}
