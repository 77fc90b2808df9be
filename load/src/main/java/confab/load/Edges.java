package confab.load;

import confab.load.link.LoadException;
import confab.participant.EdgeFinder;
import confab.participant.JoinException;
import confab.participant.SessionConfig;
import confab.protocol.address.EdgeAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The edges of a load: those that each `--url` names, as far as `--edge` wants them. Connections
/// are dealt to all of them in turn.
final class Edges {
  private Edges() {}

  /// Asks each address once; blocks for some seconds at most. By url, and of one url by name.
  ///
  /// @throws LoadException also when there is none
  static List<EdgeAddress> of(Plan plan) throws LoadException {
    List<EdgeAddress> edges = new ArrayList<>();
    for (URI url : plan.urls()) {
      ask(url, plan).stream()
          .filter(each -> plan.edges().isEmpty() || plan.edges().contains(each.name()))
          .filter(each -> !edges.contains(each))
          .sorted(Comparator.comparing(EdgeAddress::name))
          .forEach(edges::add);
    }
    if (edges.isEmpty()) {
      throw new LoadException("no edge of that name is known there");
    }
    return edges;
  }

  private static List<EdgeAddress> ask(URI url, Plan plan) throws LoadException {
    try {
      var config = new SessionConfig(url.toString(), plan.room(0).value(), plan.user(0));
      return EdgeFinder.find(config.withInsecure(plan.insecure()));
    } catch (JoinException e) {
      if (e.status().isPresent()) {
        throw new LoadException(Refusals.explain(e, e.status().getAsInt(), url.toString()));
      }
      boolean untrusted = e.error().equals(JoinException.UNTRUSTED);
      String hint = untrusted ? "; --insecure accepts any certificate" : "";
      throw new LoadException(e.getMessage() + hint);
    }
  }
}
