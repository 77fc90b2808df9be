package confab.bench;

import org.jspecify.annotations.NullMarked;

/// What happens to whose edge.
@NullMarked
enum Scenario {
  DRAIN_SPEAKER("drain", "drain, speaker's edge", Blow.DRAIN, true, "0 frames"),
  DRAIN_LISTENER("drain", "drain, listener's edge", Blow.DRAIN, false, "0 frames"),
  KILL_SPEAKER("kill-speaker", "SIGKILL, speaker's edge", Blow.KILL, true, "< 1200, < 2500"),
  KILL_LISTENER("kill-listener", "SIGKILL, listener's edge", Blow.KILL, false, "< 1200, < 2500"),
  FREEZE_SPEAKER("freeze-speaker", "SIGSTOP, speaker's edge", Blow.FREEZE, true, "–");

  enum Blow {
    DRAIN,
    KILL,
    FREEZE
  }

  /// By which the command line knows it.
  final String key;

  final String title;
  final Blow blow;

  /// Otherwise the listener's edge is struck.
  final boolean ofSpeaker;

  /// For the audio missing: p50, worst.
  final String aim;

  Scenario(String key, String title, Blow blow, boolean ofSpeaker, String aim) {
    this.key = key;
    this.title = title;
    this.blow = blow;
    this.ofSpeaker = ofSpeaker;
    this.aim = aim;
  }
}
