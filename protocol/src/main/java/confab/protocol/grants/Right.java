package confab.protocol.grants;

import java.util.Locale;

/// One thing that a grant allows.
public enum Right {
  /// To be in the room.
  JOIN(0),
  /// To be heard.
  AUDIO(1),
  /// To be seen.
  CAMERA(2),
  /// To show the screen.
  SCREEN(3),
  /// To write lines.
  CHAT(4),
  /// To show reactions.
  REACTIONS(5),
  /// To hear and see the others.
  SUBSCRIBE(6),
  /// To choose one's name; whose token names them has it only if the token says so.
  NAME(11),
  /// To make rooms.
  CREATE(12),
  /// To moderate.
  HOST(7),
  /// Not to be shown to the others; whoever has it says nothing either.
  HIDDEN(8),
  /// To record, which nothing does yet.
  RECORD(9),
  /// To do what operators do.
  ADMIN(10);

  private final int bit;

  Right(int bit) {
    this.bit = bit;
  }

  /// Its place in what edges write.
  int mask() {
    return 1 << bit;
  }

  /// The name in tokens and messages: `reactions`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
