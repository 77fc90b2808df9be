package confab.participant;

import confab.protocol.CloseReason;
import confab.protocol.EdgeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Dials several edges, each on a virtual thread of its own, and each a while after the one before
/// or as soon as that has failed. The first that stands wins; the others are given up. Used once,
/// by one thread.
///
/// Outcomes wait in a queue with a place for every edge, so it is never full.
final class Race {
  private sealed interface Outcome {
    record Stands(Connection connection) implements Outcome {}

    record Failed(JoinException why) implements Outcome {}
  }

  private final Deployment deployment;
  private final Connection.Owner owner;
  private final List<EdgeAddress> edges;
  private final BlockingQueue<Outcome> outcomes;
  private final List<Thread> tries = new ArrayList<>();
  private boolean over; // guarded by this

  /// @param edges at least one
  Race(Deployment deployment, Connection.Owner owner, List<EdgeAddress> edges) {
    this.deployment = deployment;
    this.owner = owner;
    this.edges = List.copyOf(edges);
    outcomes = new ArrayBlockingQueue<>(edges.size());
  }

  /// Waits for a link that stands.
  ///
  /// @throws JoinException why the last one failed, or that `limit` has passed
  Connection winner(Duration stagger, Duration limit) throws JoinException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    var last = new JoinException(JoinException.UNREACHABLE, "no answer from any edge in time");
    int failed = 0;
    try {
      while (failed < edges.size()) {
        long left = deadline - System.nanoTime();
        boolean more = startNext();
        switch (outcomes.poll(more ? stagger.toNanos() : left, TimeUnit.NANOSECONDS)) {
          case Outcome.Stands(Connection connection) -> {
            return connection;
          }
          case Outcome.Failed(JoinException why) -> {
            last = why;
            failed++;
          }
          case null -> {
            if (!more) {
              throw last;
            }
          }
        }
      }
      throw last;
    } finally {
      giveUpTheRest();
    }
  }

  /// Whether there will be another one to start after this.
  private boolean startNext() {
    if (tries.size() < edges.size()) {
      EdgeAddress edge = edges.get(tries.size());
      tries.add(Thread.ofVirtual().name("dial-" + edge.name()).start(() -> dial(edge)));
    }
    return tries.size() < edges.size();
  }

  private void dial(EdgeAddress edge) {
    var connection = new Connection(edge, owner);
    Outcome outcome;
    try {
      connection.attach(deployment.dial(edge, connection));
      outcome = new Outcome.Stands(connection);
    } catch (JoinException e) {
      outcome = new Outcome.Failed(e);
    } catch (RuntimeException e) {
      outcome = new Outcome.Failed(JoinException.unreachable(edge.name(), e));
    }
    if (!report(outcome)) {
      connection.close(CloseReason.LEFT);
    }
  }

  private synchronized boolean report(Outcome outcome) {
    return !over && outcomes.offer(outcome);
  }

  private synchronized void giveUpTheRest() {
    over = true;
    tries.forEach(Thread::interrupt);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Stands(Connection connection)) {
        connection.close(CloseReason.LEFT);
      }
    }
  }
}
