package confab.room;

import confab.protocol.RoomId;
import java.security.SecureRandom;
import java.util.List;

/// Random room ids with a part to recognise and a part to keep, such as
/// `quiet-otter-x7k2-9fmw-3tq8`. The latter has 60 random bits: nobody finds a room by trying, so
/// whoever has its link was given it.
final class RoomNames {
  private static final List<String> ADJECTIVES =
      List.of(
          "amber", "bold", "brave", "bright", "calm", "clear", "clever", "cosy", "crisp", "deep",
          "eager", "early", "fair", "fleet", "fresh", "gentle", "glad", "golden", "grand", "happy",
          "honest", "jolly", "keen", "kind", "light", "lively", "lucky", "merry", "mild", "neat",
          "nimble", "noble", "patient", "plain", "polite", "proud", "quick", "quiet", "rapid",
          "ready", "round", "sharp", "silver", "smart", "smooth", "snug", "soft", "steady", "still",
          "sunny", "swift", "tall", "tidy", "true", "vivid", "warm", "wide", "wise", "witty",
          "young");
  private static final List<String> NOUNS =
      List.of(
          "acorn", "badger", "beacon", "beaver", "birch", "breeze", "brook", "canyon", "cedar",
          "cloud", "clover", "comet", "coral", "crane", "creek", "delta", "dolphin", "dune",
          "eagle", "ember", "falcon", "fern", "finch", "fjord", "forest", "fox", "garden", "glade",
          "harbor", "hawk", "heron", "hill", "island", "juniper", "lagoon", "lake", "lantern",
          "lark", "linden", "lynx", "maple", "marten", "meadow", "moon", "oak", "ocean", "orchard",
          "otter", "owl", "panda", "pebble", "pine", "planet", "prairie", "raven", "reef", "river",
          "robin", "sparrow", "spring", "stone", "stream", "summit", "swan", "thistle", "tiger",
          "valley", "willow", "wren", "zephyr");

  /// 5 bits each. No i, l, o and u: read out or written down they become others.
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int GROUPS = 3;
  private static final int LETTERS_OF_GROUP = 4;

  private RoomNames() {}

  /// @param random which nobody can predict
  static RoomId next(SecureRandom random) {
    var id = new StringBuilder();
    id.append(ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))).append('-');
    id.append(NOUNS.get(random.nextInt(NOUNS.size())));
    for (int group = 0; group < GROUPS; group++) {
      id.append('-');
      for (int i = 0; i < LETTERS_OF_GROUP; i++) {
        id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return new RoomId(id.toString());
  }
}
