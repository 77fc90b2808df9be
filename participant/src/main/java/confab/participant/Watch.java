package confab.participant;

import confab.participant.Session.Ending;
import confab.protocol.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Watches over the connection of a session: pings, reports, notices when it falls silent, ends or
/// is to move, and then starts a [Search]. A virtual thread of its own, to the end of the session.
final class Watch {
  /// A wake-up that is so late means that this process stood still, not the edge.
  private static final long STOOD_STILL = Duration.ofMillis(500).toNanos();

  /// How long a search may take before it is looked after again.
  private static final long WHILE_SEARCHING = Duration.ofMillis(200).toNanos();

  private static final long REPORT_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final SessionCore session;
  private final Deployment deployment;
  private final EdgeList edges;
  private final Duration patience;
  private final Thread thread = Thread.ofVirtual().name("watch").unstarted(this::run);

  /// This and what follows is touched by the thread alone.
  private @Nullable Search search;

  private long reported;

  /// @param patience see [SessionConfig]
  Watch(SessionCore session, Deployment deployment, EdgeList edges, Duration patience) {
    this.session = session;
    this.deployment = deployment;
    this.edges = edges;
    this.patience = patience;
  }

  /// The session has entered.
  void start() {
    thread.start();
  }

  /// Something has happened.
  void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    long wait = 0;
    reported = System.nanoTime();
    while (session.isOpen()) {
      long before = System.nanoTime();
      LockSupport.parkNanos(this, wait);
      long now = System.nanoTime();
      if (now - before - wait > STOOD_STILL) {
        session.current().forgiveSilence(now);
      }
      wait = look(now);
    }
    if (search != null) {
      search.stop();
    }
  }

  /// @return in how many nanoseconds to look again
  private long look(long now) {
    Connection here = session.current();
    if (search != null && search.former() != here) {
      search = null;
    }
    edges.renewWhenOld(now);
    session.sweep(now);
    Optional<Ending> how = here.ending();
    if (how.isPresent()) {
      onEnded(here, how.get());
      return WHILE_SEARCHING;
    }
    long next = Math.min(here.beat(now), report(here, now));
    if (here.isSilent(now)) {
      search(here, Search.Cause.SILENT, new Ending(Optional.empty(), "the edge is silent"));
    } else if (search != null && search.cause() == Search.Cause.SILENT) {
      onRevived(here, search);
    } else if (here.asksToMove() && !isSearching()) {
      start(here, Search.Cause.ASKED_TO_MOVE);
    }
    return next;
  }

  /// @return in how many nanoseconds to report again
  private long report(Connection here, long now) {
    if (now - reported >= REPORT_INTERVAL) {
      reported = now;
      session.reception().takeReport().ifPresent(here::report);
    }
    return REPORT_INTERVAL - (now - reported);
  }

  private void onEnded(Connection here, Ending how) {
    // An edge that has heard of a later attempt of this session, even one that failed, ends this.
    boolean byOurselves =
        how.reason().equals(Optional.of(CloseReason.SUPERSEDED))
            && here.attempt() < session.attempts();
    if (how.mayReconnect() || byOurselves) {
      search(here, Search.Cause.ENDED, how);
    } else {
      session.end(how);
    }
  }

  private void onRevived(Connection here, Search needless) {
    if (needless.giveUp()) {
      search = null;
      session.notice(here.edge().name() + " speaks again");
    }
  }

  private void search(Connection here, Search.Cause cause, Ending withoutPatience) {
    if (patience.isZero()) {
      session.end(withoutPatience);
    } else if (!isSearching() || giveUpMoving()) {
      start(here, cause);
    }
  }

  private boolean isSearching() {
    return search != null && !search.isOver();
  }

  private boolean giveUpMoving() {
    return search != null && search.cause() == Search.Cause.ASKED_TO_MOVE && search.giveUp();
  }

  private void start(Connection here, Search.Cause cause) {
    search = new Search(session, deployment, edges, patience, here, cause);
    search.start();
  }
}
