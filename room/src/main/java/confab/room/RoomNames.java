package confab.room;

import confab.protocol.RoomId;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random room ids that can be read out over a phone, such as `quiet-otter-4821`. There are some 40
/// million of them, so they are hard to guess, but they are no secret.
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

  private RoomNames() {}

  static RoomId next(RandomGenerator random) {
    return new RoomId(
        ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))
            + "-"
            + NOUNS.get(random.nextInt(NOUNS.size()))
            + "-"
            + random.nextInt(1000, 10_000));
  }
}
