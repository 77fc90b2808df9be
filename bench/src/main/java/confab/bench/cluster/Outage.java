package confab.bench.cluster;

import confab.bench.listener.Ear;
import confab.bench.listener.Heard;
import confab.bench.listener.Moves;
import confab.bench.listener.Speaker;
import confab.bench.suite.Rooms;
import confab.participant.Session;
import confab.rig.process.Cluster;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;

/// One run of a [Scenario]: a speaker and a listener on two edges, one of which is struck.
///
/// @param missing of the audio, at the listener
/// @param noticedMillis from the blow until who sat on the edge knew
/// @param movedMillis from the blow until it was welcome elsewhere
/// @param tookMillis how long the blow itself took: a drain
/// @param resumed who sat there was the same participant afterwards
record Outage(
    Heard.Missing missing,
    double noticedMillis,
    double movedMillis,
    double tookMillis,
    boolean resumed) {
  private static final int FRAMES_BEFORE = 100;
  private static final int FRAMES_AFTER = 100;

  /// Leaves the cluster as the blow made it.
  static Outage run(Scenario scenario, Cluster cluster, Seating seating) throws Exception {
    String room = Rooms.fresh();
    var moves = new Moves();
    var ear = new Ear();
    try (Session speaking = seating.join(room, "speaker", moves);
        Session listening = seating.join(room, "ear", edge -> !edge.equals(speaking.edge()), ear);
        var speaker = Speaker.start(speaking)) {
      listen(ear);
      String edge = (scenario.ofSpeaker ? speaking : listening).edge();
      Moves struck = scenario.ofSpeaker ? moves : ear;
      struck.mark();
      FutureTask<Double> blow = strike(scenario, cluster, edge);
      ear.awaitFrames(FRAMES_AFTER, struck.awaitMove());
      speaker.close();
      return new Outage(
          Heard.missing(ear.heard()),
          struck.noticedMillis(),
          struck.movedMillis(),
          blow.get(),
          struck.hasResumed());
    }
  }

  /// The blow falls at any moment between two heartbeats.
  private static void listen(Ear ear) throws Exception {
    long now = System.nanoTime();
    ear.awaitFrames(FRAMES_BEFORE / 2, now);
    ear.forget();
    ear.awaitFrames(FRAMES_BEFORE, now);
    Thread.sleep(ThreadLocalRandom.current().nextInt(1_000));
  }

  private static FutureTask<Double> strike(Scenario scenario, Cluster cluster, String edge) {
    var blow =
        new FutureTask<>(
            () -> {
              long start = System.nanoTime();
              switch (scenario.blow) {
                case DRAIN -> cluster.drain(edge);
                case KILL -> cluster.kill(edge);
                case FREEZE -> cluster.freeze(edge);
              }
              return (System.nanoTime() - start) / 1e6;
            });
    Thread.ofVirtual().name("blow").start(blow);
    return blow;
  }
}
