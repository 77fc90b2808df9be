package confab.bench.cluster;

import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.rig.process.Cluster;
import java.util.Set;
import java.util.function.Predicate;

/// Brings participants into rooms by the one address of the cluster. Edges that are equally loaded
/// take turns at random: who wants a certain one leaves and joins until it is that.
public final class Seating {
  private static final int TRIES = 60;

  /// An edge lets in ten a second from one address; the API says it and the edge itself says it.
  private static final Set<String> TOO_MANY = Set.of("rate_limited", "http_429");

  private final Cluster cluster;
  private final Transport transport;

  public Seating(Cluster cluster, Transport transport) {
    this.cluster = cluster;
    this.transport = transport;
  }

  public Transport transport() {
    return transport;
  }

  public void awaitWhole() throws Exception {
    cluster.awaitWhole();
  }

  /// One try, on whatever edge.
  public Session join(String room, String user, SessionListener listener) throws JoinException {
    return Session.join(new SessionConfig(cluster.pageUrl(), room, user, transport), listener);
  }

  /// @param listener hears of the tries before, too
  public Session join(String room, String user, Predicate<String> edge, SessionListener listener)
      throws JoinException, InterruptedException {
    JoinException refused = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        Session participant = join(room, user, listener);
        if (edge.test(participant.edge())) {
          return participant;
        }
        participant.close();
      } catch (JoinException e) {
        if (!TOO_MANY.contains(e.error())) {
          throw e;
        }
        refused = e;
        Thread.sleep(1_000);
      }
    }
    if (refused != null) {
      throw refused;
    }
    throw new IllegalStateException("never on the wanted edge");
  }
}
