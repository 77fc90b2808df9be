package confab.load;

import confab.load.link.LoadException;
import confab.participant.EdgeFinder;
import confab.participant.JoinException;
import confab.protocol.address.EdgeAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The edges of a load: those that each `--url` names, as far as `--edge` wants them. Connections
/// are dealt to all of them in turn.
final class Edges {
  private Edges() {}

  /// Asks each address once; blocks for some seconds at most. By url, and of one url by name.
  ///
  /// @throws LoadException also when there is none
  /// @return where each of them was found, in order
  static SequencedMap<EdgeAddress, URI> of(Plan plan) throws LoadException {
    SequencedMap<EdgeAddress, URI> edges = new LinkedHashMap<>();
    for (URI url : plan.urls()) {
      ask(url, plan).stream()
          .filter(each -> plan.edges().isEmpty() || plan.edges().contains(each.name()))
          .sorted(Comparator.comparing(EdgeAddress::name))
          .forEach(each -> edges.putIfAbsent(each, url));
    }
    if (edges.isEmpty()) {
      throw new LoadException("no edge of that name is known there");
    }
    return edges;
  }

  private static List<EdgeAddress> ask(URI url, Plan plan) throws LoadException {
    try {
      return EdgeFinder.find(plan.session(url, 0, 0)).edges();
    } catch (JoinException e) {
      throw new LoadException(Refusals.explain(e, url));
    }
  }
}
