package confab.bench;

import confab.bench.abuse.AbuseSuite;
import confab.bench.cluster.CpuPerFrame;
import confab.bench.cluster.Latency;
import confab.bench.cluster.Outages;
import confab.bench.cluster.RosterTime;
import confab.bench.cluster.Seating;
import confab.bench.listener.LinksSuite;
import confab.bench.listener.SoakSuite;
import confab.bench.load.EdgesSuite;
import confab.bench.load.LoadSuite;
import confab.bench.load.LoudestSuite;
import confab.bench.load.MemorySuite;
import confab.bench.load.MicroSuite;
import confab.bench.load.RoundsSuite;
import confab.bench.suite.Options;
import confab.bench.suite.Suite;
import confab.bench.webrtc.CallsSuite;
import confab.bench.webrtc.PagesSuite;
import confab.participant.Transport;
import confab.rig.process.Cluster;
import confab.rig.process.Site;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// All tables, in the order in which they are made. Their names are those of `--only` and of the
/// markers in the document.
enum Suites {
  LOAD(LoadSuite::new),
  ROUNDS(RoundsSuite::new),
  MEMORY(MemorySuite::new),
  LINKS(LinksSuite::new),
  PATHS(MicroSuite::paths),
  TOKENS(MicroSuite::tokens),
  LOUDEST(LoudestSuite::new),
  SOAK(SoakSuite::new),
  EDGES(EdgesSuite::new),
  CALLS(CallsSuite::new),
  PAGES(PagesSuite::new),
  ABUSE(AbuseSuite::new),
  LATENCY(inCluster((cluster, options) -> new Latency(seating(cluster, options), options))),
  CROSSING(inCluster((cluster, options) -> new CpuPerFrame(cluster, cheap(cluster), options))),
  FAILOVER(
      inCluster((cluster, options) -> new Outages(cluster, seating(cluster, options), options))),
  ROSTER(inCluster((cluster, options) -> new RosterTime(cheap(cluster), options)));

  private interface Maker {
    Suite make(Options options, Site site) throws Exception;
  }

  private interface ClusterMaker {
    Suite make(Cluster cluster, Options options);
  }

  private final Maker maker;

  Suites(Maker maker) {
    this.maker = maker;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param site for this suite alone
  Suite make(Options options, Site site) throws Exception {
    return maker.make(options, site);
  }

  /// @throws IllegalArgumentException for a name that is none
  static Set<Suites> parse(List<String> labels) {
    Set<Suites> chosen = EnumSet.noneOf(Suites.class);
    for (String label : labels) {
      chosen.add(
          Arrays.stream(values())
              .filter(each -> each.label().equals(label))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("--only: of " + labels())));
    }
    return chosen;
  }

  private static String labels() {
    return Arrays.stream(values()).map(Suites::label).collect(Collectors.joining(", "));
  }

  private static Maker inCluster(ClusterMaker maker) {
    return (options, site) -> {
      System.err.println("bench: starting a cluster");
      return maker.make(Cluster.up(site), options);
    };
  }

  private static Seating seating(Cluster cluster, Options options) {
    return new Seating(cluster, options.transport());
  }

  private static Seating cheap(Cluster cluster) {
    return new Seating(cluster, Transport.WEBSOCKET);
  }
}
