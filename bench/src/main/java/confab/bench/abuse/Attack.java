package confab.bench.abuse;

/// Does for a while what a hostile client would.
interface Attack {
  /// What became of the attacker.
  ///
  /// @param said for a person: admitted, refused and closed with what, and how many
  /// @param held whether the edge dealt with it as it should, whatever the call noticed
  record Outcome(String said, boolean held) {}

  /// Lasts as long as the target says, and hangs up before it returns.
  Outcome run(Target target) throws Exception;
}
