package confab.participant;

import confab.participant.Session.Ending;
import confab.protocol.CloseReason;
import confab.protocol.address.EdgeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The way of a session from one connection to the next: finds an edge, enters there, lets the
/// former connection go. It has a virtual thread of its own; a session has one search at a time.
final class Search {
  /// Why the former connection does not do.
  enum Cause {
    /// It may speak again, and then the search is given up.
    SILENT,
    ENDED,
    /// Its edge wants it elsewhere, and serves it until then.
    ASKED_TO_MOVE
  }

  private static final Duration STAGGER = Duration.ofMillis(400);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// What is known may be out of date: the API knows better as soon as it answers.
  private static final Duration LIMIT_WITHOUT_API = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// So long both edges of a move carry the sound, and none is missed on the way.
  static final Duration OVERLAP = Duration.ofMillis(500);

  private final SessionCore session;
  private final Deployment deployment;
  private final EdgeList edges;
  private final Duration patience;
  private final Connection former;
  private final Cause cause;
  private final long began = System.nanoTime();
  private final Thread thread = Thread.ofVirtual().name("search").unstarted(this::run);
  private boolean committed; // guarded by this

  /// @param patience the session ends when nothing has been found for so long
  Search(
      SessionCore session,
      Deployment deployment,
      EdgeList edges,
      Duration patience,
      Connection former,
      Cause cause) {
    this.session = session;
    this.deployment = deployment;
    this.edges = edges;
    this.patience = patience;
    this.former = former;
    this.cause = cause;
  }

  void start() {
    thread.start();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  Cause cause() {
    return cause;
  }

  Connection former() {
    return former;
  }

  /// Gives up unless another edge has been asked to let the session in: from then on the former
  /// connection is void.
  synchronized boolean giveUp() {
    if (!committed) {
      thread.interrupt();
    }
    return !committed;
  }

  /// Ends it, whatever it is about; the session is over.
  void stop() {
    thread.interrupt();
  }

  private synchronized boolean commit() {
    boolean revived = cause == Cause.SILENT && former.hasHeardSince(began) && !former.hasEnded();
    committed = !revived && !Thread.currentThread().isInterrupted();
    return committed;
  }

  private synchronized void revoke() {
    committed = false;
  }

  private void run() {
    try {
      if (cause == Cause.ASKED_TO_MOVE) {
        move();
      } else {
        rescue();
      }
    } catch (InterruptedException e) {
      // Given up, or the session is over.
    }
  }

  private void move() throws InterruptedException {
    session.notice(former.edge().name() + " is about to end, looking for another edge");
    while (true) {
      boolean _ = renew();
      try {
        proceed(edges.otherThan(former.edge()), LIMIT);
        return;
      } catch (JoinException e) {
        Thread.sleep(LONGEST_PAUSE);
      }
    }
  }

  /// First the other edges that are known, then again and again those that the API names.
  private void rescue() throws InterruptedException {
    List<EdgeAddress> next = edges.otherThan(former.edge());
    session.notice(complaint() + ", trying " + names(next));
    if (reason().equals(Optional.of(CloseReason.RATE_LIMITED))) {
      Thread.sleep(LONGEST_PAUSE);
    }
    Duration limit = LIMIT;
    Duration pause = Duration.ZERO;
    while (true) {
      long start = System.nanoTime();
      try {
        proceed(next, limit);
        return;
      } catch (JoinException e) {
        if (System.nanoTime() - began > patience.toNanos()) {
          session.end(new Ending(reason(), "connection lost: " + e.getMessage()));
          return;
        }
      }
      Thread.sleep(pause.minusNanos(Math.min(System.nanoTime() - start, pause.toNanos())));
      pause = longer(pause);
      limit = renew() ? LIMIT : LIMIT_WITHOUT_API;
      next = edges.withLast(former.edge());
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private Optional<CloseReason> reason() {
    return former.ending().flatMap(Ending::reason);
  }

  private String complaint() {
    return former.edge().name()
        + former.ending().map(how -> " is lost (" + how.detail() + ")").orElse(" is silent");
  }

  private static String names(List<EdgeAddress> edges) {
    return edges.isEmpty()
        ? "to find another edge"
        : edges.stream().map(EdgeAddress::name).collect(Collectors.joining(", "));
  }

  /// Whether the list is a fresh one; otherwise what is known has to do.
  private boolean renew() {
    try {
      edges.renew();
      return true;
    } catch (JoinException e) {
      return false;
    }
  }

  /// Dials these edges and enters on the first that stands. Returns when the former connection has
  /// been let go.
  private void proceed(List<EdgeAddress> candidates, Duration limit)
      throws JoinException, InterruptedException {
    if (candidates.isEmpty()) {
      throw new JoinException(JoinException.UNREACHABLE, "no other edge is known");
    }
    Connection next = Race.ofEdges(deployment, session, candidates).winner(STAGGER, limit);
    if (!commit()) {
      next.close(CloseReason.LEFT);
      throw new InterruptedException("the former edge speaks again");
    }
    try {
      session.enter(next);
    } catch (JoinException e) {
      revoke();
      throw e;
    }
    try {
      if (cause == Cause.ASKED_TO_MOVE) {
        Thread.sleep(OVERLAP);
      }
    } finally {
      session.release(former);
    }
  }
}
