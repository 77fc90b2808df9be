package confab.bench.listener;

import confab.bench.load.WarmUp;
import confab.bench.suite.Edges;
import confab.bench.suite.Engine;
import confab.bench.suite.Options;
import confab.bench.suite.Rooms;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.rig.impairment.Impairment;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// What of a conversation comes through links with delay and loss. All links of the table are tried
/// at the same time, in one room with the same speakers.
public final class LinksSuite implements Suite {
  private static final List<Integer> ROUND_TRIPS_MILLIS = List.of(20, 100, 200);
  private static final List<Integer> LOSS_PERCENT = List.of(0, 2, 5);
  private static final List<Integer> SPEAKERS = List.of(1, 3, 5);

  /// Wide enough for three speakers, not for five.
  private static final Link NARROW = new Link(100, 0, 150_000);

  /// For the congestion control to find its window, and for the reports of the receivers.
  private static final Duration WARM_UP = Duration.ofSeconds(6);

  private static final Duration FOR_LATE_FRAMES = Duration.ofSeconds(2);
  private static final String NOTE =
      """
      One room is on one edge, with `--loudest 0`; ten listeners are each behind a link of its \
      own.
      Speakers (32 kbit/s, all the time) are straight at the edge over WebSocket.
      The links (`impairment`) are seeded: half the round trip each way, ± a quarter of that \
      and at most ± 5 ms, and the loss each way.
      One of them lets 150 kbit/s through and keeps what waits up to 300 ms.
      Over TCP what would be lost comes 200 ms later and holds up what follows; TCP's \
      congestion control is not modelled.
      There are %d runs of %d s after %d s, the engines in turn; the figures are means.
      "Came" is the part of all that was spoken, "heard" the part of the time in which at \
      least one speaker was heard within 400 ms.
      Receivers report each second, upon which the edge may send fewer speakers.
      Delay is from capture to arrival, p50 / p95.
      The receivers are Kwik's client, which acknowledges every second packet or after 20 ms; \
      Chromium does it otherwise.\
      """;

  /// One way from an edge to a listener.
  private record Link(int roundTripMillis, int lossPercent, long bitsPerSecond) {
    Impairment impairment(int seed) {
      Duration oneWay = Duration.ofMillis(roundTripMillis).dividedBy(2);
      Duration jitter = Duration.ofMillis(Math.min(5, roundTripMillis / 8));
      return new Impairment(oneWay, jitter, lossPercent / 100.0, bitsPerSecond, seed);
    }

    /// As the table has it.
    String roundTrip() {
      return roundTripMillis + (bitsPerSecond < Impairment.UNLIMITED ? ", narrow" : "");
    }
  }

  /// One row of the table.
  private record Row(Link link, int speakers) {}

  private final Site site;
  private final int runs;
  private final Duration length;
  private final List<Integer> speakerCounts;
  private final Map<Engine, EdgeProcess> edges = new EnumMap<>(Engine.class);
  private final Map<Row, Map<Engine, List<Delivery>>> found = new LinkedHashMap<>();
  private int failures;

  public LinksSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(10);
    speakerCounts = options.sizes(2, SPEAKERS);
    for (Link link : links()) {
      speakerCounts.forEach(each -> found.put(new Row(link, each), new EnumMap<>(Engine.class)));
    }
  }

  private static List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int roundTrip : ROUND_TRIPS_MILLIS) {
      LOSS_PERCENT.forEach(loss -> links.add(new Link(roundTrip, loss, Impairment.UNLIMITED)));
    }
    links.add(NARROW);
    return links;
  }

  @Override
  public Table measure() throws Exception {
    for (Engine engine : Engine.values()) {
      List<String> options = new ArrayList<>(engine.options());
      options.add("--loudest=0");
      EdgeProcess edge = Edges.start(site, engine.label(), options);
      edges.put(engine, edge);
      WarmUp.of(site, edge, engine);
    }
    for (int run = 1; run <= runs; run++) {
      for (int speakers : speakerCounts) {
        for (Engine engine : Engine.values()) {
          measure(engine, speakers, run);
        }
      }
    }
    return table();
  }

  @Override
  public int failures() {
    return failures;
  }

  /// All links at once.
  private void measure(Engine engine, int speakers, int run) throws Exception {
    EdgeProcess edge = Objects.requireNonNull(edges.get(engine));
    String room = Rooms.fresh();
    List<AutoCloseable> open = new ArrayList<>();
    Map<Link, Ear> ears = new LinkedHashMap<>();
    try {
      for (Link link : links()) {
        BadLink bad = new BadLink(edge, link.impairment(run));
        open.add(bad);
        listen(bad, room, engine, link, ears, open);
      }
      for (int i = 0; i < speakers; i++) {
        Session speaking =
            join(edge.url(), room, "speaker-" + i, Transport.WEBSOCKET, new SessionListener() {});
        open.add(speaking);
        open.add(Speaker.start(speaking));
      }
      Thread.sleep(WARM_UP);
      long from = System.nanoTime();
      Thread.sleep(length);
      long to = System.nanoTime();
      Thread.sleep(FOR_LATE_FRAMES);
      ears.forEach(
          (link, ear) -> note(new Row(link, speakers), engine, run, ear.heard(), from, to));
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  private void listen(
      BadLink bad,
      String room,
      Engine engine,
      Link link,
      Map<Link, Ear> ears,
      List<AutoCloseable> open) {
    var ear = new Ear();
    try {
      open.add(join(bad.url(), room, "listener-" + ears.size(), transport(engine), ear));
      ears.put(link, ear);
    } catch (JoinException e) {
      failures++;
      System.err.println("links, " + engine.label() + ", " + link + ": " + e.getMessage());
    }
  }

  private static Transport transport(Engine engine) {
    return Transport.valueOf(engine.transport.toUpperCase(Locale.ROOT));
  }

  private static Session join(
      String url, String room, String user, Transport transport, SessionListener listener)
      throws JoinException {
    return Session.join(new SessionConfig(url, room, user, transport), listener);
  }

  private void note(Row row, Engine engine, int run, List<Heard> heard, long from, long to) {
    Delivery delivery = Delivery.of(heard, from, to, row.speakers);
    System.err.printf(
        Locale.ROOT,
        "links, %s, %d speakers, %s ms, %d %%, run %d/%d: %s, %s ms%n",
        engine.label(),
        row.speakers,
        row.link.roundTrip(),
        row.link.lossPercent,
        run,
        runs,
        parts(List.of(delivery)),
        delays(List.of(delivery)));
    Objects.requireNonNull(found.get(row))
        .computeIfAbsent(engine, _ -> new ArrayList<>())
        .add(delivery);
  }

  private Table table() {
    List<String> header = new ArrayList<>(List.of("round trip, ms", "loss, %", "speakers"));
    for (Engine engine : Engine.values()) {
      header.add(engine.label() + ": came / heard, %");
      header.add("delay, ms");
    }
    List<List<String>> rows = new ArrayList<>();
    found.forEach((row, deliveries) -> rows.add(cells(row, deliveries)));
    return new Table(
        "Bad links", NOTE.formatted(runs, length.toSeconds(), WARM_UP.toSeconds()), header, rows);
  }

  private static List<String> cells(Row row, Map<Engine, List<Delivery>> deliveries) {
    List<String> cells = new ArrayList<>();
    cells.add(row.link.roundTrip());
    cells.add(String.valueOf(row.link.lossPercent));
    cells.add(String.valueOf(row.speakers));
    for (Engine engine : Engine.values()) {
      List<Delivery> all = deliveries.getOrDefault(engine, List.of());
      cells.add(parts(all));
      cells.add(delays(all));
    }
    return cells;
  }

  private static String parts(List<Delivery> all) {
    return mean(1, all, each -> 100 * each.delivered())
        + " / "
        + mean(1, all, each -> 100 * each.heard());
  }

  private static String delays(List<Delivery> all) {
    return mean(0, all, each -> each.delayMillis().percentile(50))
        + " / "
        + mean(0, all, each -> each.delayMillis().percentile(95));
  }

  private static String mean(int decimals, List<Delivery> all, ToDoubleFunction<Delivery> figure) {
    return Series.render(decimals, Series.of(all.stream().mapToDouble(figure)).mean());
  }
}
