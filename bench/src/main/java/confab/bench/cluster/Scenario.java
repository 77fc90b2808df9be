package confab.bench.cluster;

/// What happens to whose edge.
enum Scenario {
  DRAIN_SPEAKER("drain, speaker's edge", Blow.DRAIN, true, "0 frames"),
  DRAIN_LISTENER("drain, listener's edge", Blow.DRAIN, false, "0 frames"),
  KILL_SPEAKER("SIGKILL, speaker's edge", Blow.KILL, true, "< 1200, < 2500"),
  KILL_LISTENER("SIGKILL, listener's edge", Blow.KILL, false, "< 1200, < 2500"),
  FREEZE_SPEAKER("SIGSTOP, speaker's edge", Blow.FREEZE, true, "–");

  enum Blow {
    DRAIN,
    KILL,
    FREEZE
  }

  final String title;
  final Blow blow;

  /// Otherwise the listener's edge is struck.
  final boolean ofSpeaker;

  /// For the audio missing: p50, worst.
  final String aim;

  Scenario(String title, Blow blow, boolean ofSpeaker, String aim) {
    this.title = title;
    this.blow = blow;
    this.ofSpeaker = ofSpeaker;
    this.aim = aim;
  }
}
