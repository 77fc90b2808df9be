package confab.participant;

import confab.protocol.address.EdgeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The edges that a session knows of, the one to prefer first. Any thread may ask and renew.
final class EdgeList {
  private static final Duration RENEWAL = Duration.ofSeconds(30);

  /// An edge that has just started may have been unknown to the one that was asked first.
  private static final Duration FIRST_RENEWAL = Duration.ofSeconds(5);

  private final Deployment deployment;
  private volatile List<EdgeAddress> known = List.of();
  private volatile String session = "";
  private long due = System.nanoTime() + FIRST_RENEWAL.toNanos();

  EdgeList(Deployment deployment) {
    this.deployment = deployment;
  }

  /// From now on this session asks.
  void askAs(String nowSession) {
    session = nowSession;
  }

  /// Asks for a fresh list and waits for it; what was known stays when there is none.
  void renew() throws JoinException {
    known = deployment.edges(session);
  }

  /// Asks for a fresh list when it is time to, and does not wait. Called by one thread.
  void renewWhenOld(long now) {
    if (now - due >= 0) {
      due = now + RENEWAL.toNanos();
      Thread.ofVirtual().name("edge-list").start(this::renewQuietly);
    }
  }

  private void renewQuietly() {
    try {
      renew();
    } catch (JoinException e) {
      // The former list is as good as any then.
    }
  }

  List<EdgeAddress> all() {
    return known;
  }

  List<EdgeAddress> otherThan(EdgeAddress edge) {
    return known.stream().filter(each -> !each.isSameEdge(edge)).toList();
  }

  /// All, but `edge` after the others.
  List<EdgeAddress> withLast(EdgeAddress edge) {
    List<EdgeAddress> edges = new ArrayList<>(otherThan(edge));
    known.stream().filter(each -> each.isSameEdge(edge)).forEach(edges::add);
    return edges;
  }
}
