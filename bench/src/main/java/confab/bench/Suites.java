package confab.bench;

import confab.participant.Transport;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// All tables, in the order in which they are made. Their names are those of `--only` and of the
/// markers in the document.
@NullMarked
enum Suites {
  LOAD(LoadSuite::new),
  ROUNDS(RoundsSuite::new),
  MEMORY(MemorySuite::new),
  LINKS(LinksSuite::new),
  PATHS(PathsSuite::new),
  LOUDEST(LoudestSuite::new),
  SOAK(SoakSuite::new),
  EDGES(EdgesSuite::new),
  CALLS(CallsSuite::new),
  PAGES(PagesSuite::new),
  LATENCY((options, site) -> new Latency(seating(options, site), options)),
  CROSSING((options, site) -> new CpuPerFrame(site.cluster(), cheapSeating(site), options)),
  FAILOVER((options, site) -> new Outages(site.cluster(), seating(options, site), options)),
  ROSTER((options, site) -> new RosterTime(cheapSeating(site), options));

  private interface Maker {
    Suite make(Options options, Site site) throws Exception;
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

  private static Seating seating(Options options, Site site) throws Exception {
    return new Seating(site.cluster(), options.transport());
  }

  private static Seating cheapSeating(Site site) throws Exception {
    return new Seating(site.cluster(), Transport.WEBSOCKET);
  }
}
