package confab.bench.abuse;

import confab.bench.suite.Engine;
import confab.bench.suite.Footprint;
import confab.bench.suite.Options;
import confab.bench.suite.Rooms;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.participant.Transport;
import confab.rig.process.EdgeProcess;
import confab.rig.process.FreePort;
import confab.rig.process.Launch;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What hostile clients achieve against an edge with the limits that it has by default.
public final class AbuseSuite implements Suite {
  private static final List<Engine> ENGINES = List.of(Engine.NETTY, Engine.KWIK);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration ALONE = Duration.ofSeconds(2);

  /// Undertow's timers hold a connection for ten seconds after its end.
  private static final Duration TIMERS = Duration.ofSeconds(15);

  private static final String NOTE =
      """
      Each attack lasts %d s and has an edge of its own, with the limits that it has by default.
      Beside it is a call in which over each transport one speaks and one listens; lost is what \
      never came to the listener of the transport, from both speakers.
      Meanwhile others join another room, one after another over either transport.
      Memory in use (heap and direct buffers) is that of the edge before and %d s after, and \
      where it was not back by then another 15 s later, each time after a full collection.
      Resident memory, descriptors and CPU are those before, during (the most, and of CPU the \
      mean) and after; a JVM gives back little, and grows by some 60 MB when it first does \
      something new.
      Attackers, call and edge are on the same machine; attackers have the addresses 127.0.0.66 \
      and 127.1.0.0/16, everybody else 127.0.0.1.
      A join over WebTransport of 3.3 s is one whose answer Kwik's client missed, which happens \
      without an attack, too.
      The bar: the call loses less than 1 %%, and every join takes less than 2 s.
      Memory in use comes back to 16 MB more at most (resident 128 MB), and descriptors to 20.
      The attacker is refused or closed with a reason.\
      """;

  private final Site site;
  private final Duration length;
  private final Duration calm;
  private final List<Attacks> attacks;
  private int failures;

  public AbuseSuite(Options options, Site site) {
    this.site = site;
    length = options.length(10);
    calm = Duration.ofSeconds(options.quick() ? 3 : 10);
    attacks = chosen(options.attacks());
  }

  /// @param labels empty for all
  private static List<Attacks> chosen(List<String> labels) {
    List<Attacks> all = List.of(Attacks.values());
    List<String> known = all.stream().map(Attacks::label).toList();
    if (!known.containsAll(labels)) {
      throw new IllegalArgumentException("--attacks: of " + String.join(", ", known));
    }
    return labels.isEmpty()
        ? all
        : Arrays.stream(Attacks.values()).filter(each -> labels.contains(each.label())).toList();
  }

  @Override
  public Table measure() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (Engine engine : ENGINES) {
      for (Attacks attack : attacks) {
        List<String> row = row(engine, attack);
        System.err.println("abuse: " + String.join(" | ", row));
        rows.add(row);
      }
    }
    String note = NOTE.formatted(length.toSeconds(), calm.toSeconds());
    return new Table("Abuse", note, Row.HEADER, rows);
  }

  private List<String> row(Engine engine, Attacks attack) throws InterruptedException {
    try {
      Row row = measure(engine, attack);
      failures += row.misses().isEmpty() ? 0 : 1;
      return row.cells();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failures++;
      return Row.failed(engine, attack, e);
    }
  }

  private Row measure(Engine engine, Attacks attack) throws Exception {
    int httpsPort = FreePort.find();
    List<String> options =
        new ArrayList<>(List.of("--log-level=warn", "--https-port=" + httpsPort));
    options.addAll(engine.options());
    String name = engine.label() + "-" + attack.label();
    try (EdgeProcess edge = EdgeProcess.start(site, name, Launch.JAR, options);
        Call call = Call.start(edge.url(), Rooms.fresh())) {
      Target target = Target.of(site, edge, httpsPort, call, length);
      Thread.sleep(WARM_UP);
      double coresBefore = Vitals.during(edge.pid(), ALONE).cores();
      Footprint before = Footprint.of(edge);

      long from = System.nanoTime();
      Vitals vitals = Vitals.watch(edge.pid());
      Joins joins = Joins.start(edge.url());
      Attack.Outcome outcome = attack.attack.run(target);
      long to = System.nanoTime();
      Vitals.Seen during = vitals.stop();
      Joins.Seen joined = joins.stop();

      Thread.sleep(calm);
      double coresAfter = Vitals.during(edge.pid(), ALONE).cores();
      Footprint after = Footprint.of(edge);
      if (!Row.isBack(before, after)) {
        Thread.sleep(TIMERS);
        after = Footprint.of(edge);
      }
      return new Row(
          engine,
          attack,
          call.lostPerMille(Transport.WEBTRANSPORT, from, to),
          call.lostPerMille(Transport.WEBSOCKET, from, to),
          joined,
          before,
          during,
          after,
          coresBefore,
          coresAfter,
          outcome);
    }
  }

  /// A row that does not meet the bar is one, too.
  @Override
  public int failures() {
    return failures;
  }
}
