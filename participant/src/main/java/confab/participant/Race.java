package confab.participant;

import confab.protocol.CloseReason;
import confab.protocol.address.EdgeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Dials several candidates, such as edges or the addresses of one, each on a virtual thread of its
/// own, and each a while after the one before or as soon as that has failed. The first that stands
/// wins; the others are given up. Used once, by one thread.
///
/// Outcomes wait in a queue with a place for every candidate, so it is never full.
///
/// @param <C> a candidate
/// @param <R> what stands when it has been dialled
final class Race<C, R> {
  interface Dial<C, R> {
    /// Blocks; an interrupt ends that.
    R to(C candidate) throws JoinException;
  }

  private sealed interface Outcome<R> {
    record Stands<R>(R result) implements Outcome<R> {}

    record Failed<R>(JoinException why) implements Outcome<R> {}
  }

  private final List<C> candidates;
  private final Dial<C, R> dial;
  private final Consumer<R> end;
  private final BlockingQueue<Outcome<R>> outcomes;
  private final List<Thread> tries = new ArrayList<>();
  private boolean over; // guarded by this

  /// @param candidates at least one
  /// @param end what becomes of those that stand in vain
  Race(List<C> candidates, Dial<C, R> dial, Consumer<R> end) {
    this.candidates = List.copyOf(candidates);
    this.dial = dial;
    this.end = end;
    outcomes = new ArrayBlockingQueue<>(candidates.size());
  }

  /// @param edges at least one
  static Race<EdgeAddress, Connection> ofEdges(
      Deployment deployment, Connection.Owner owner, List<EdgeAddress> edges) {
    return new Race<>(
        edges,
        edge -> {
          var connection = new Connection(edge, owner);
          connection.attach(deployment.dial(edge, connection));
          return connection;
        },
        connection -> connection.close(CloseReason.LEFT));
  }

  /// Waits for a link that stands.
  ///
  /// @throws JoinException why the last one failed, or that `limit` has passed
  R winner(Duration stagger, Duration limit) throws JoinException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    var last = new JoinException(JoinException.UNREACHABLE, "no answer in time");
    int failed = 0;
    try {
      while (failed < candidates.size()) {
        long left = deadline - System.nanoTime();
        boolean more = startNext();
        switch (outcomes.poll(more ? stagger.toNanos() : left, TimeUnit.NANOSECONDS)) {
          case Outcome.Stands<R>(R result) -> {
            return result;
          }
          case Outcome.Failed<R>(JoinException why) -> {
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
    if (tries.size() < candidates.size()) {
      C candidate = candidates.get(tries.size());
      tries.add(Thread.ofVirtual().name("dial-" + candidate).start(() -> dial(candidate)));
    }
    return tries.size() < candidates.size();
  }

  private void dial(C candidate) {
    Outcome<R> outcome;
    try {
      outcome = new Outcome.Stands<>(dial.to(candidate));
    } catch (JoinException e) {
      outcome = new Outcome.Failed<>(e);
    } catch (RuntimeException e) {
      outcome = new Outcome.Failed<>(JoinException.unreachable(candidate.toString(), e));
    }
    if (!report(outcome) && outcome instanceof Outcome.Stands<R>(R result)) {
      end.accept(result);
    }
  }

  private synchronized boolean report(Outcome<R> outcome) {
    return !over && outcomes.offer(outcome);
  }

  private synchronized void giveUpTheRest() {
    over = true;
    tries.forEach(Thread::interrupt);
    for (Outcome<R> outcome : outcomes) {
      if (outcome instanceof Outcome.Stands<R>(R result)) {
        end.accept(result);
      }
    }
  }
}
