package confab.bench.webrtc;

import com.microsoft.playwright.PlaywrightException;
import confab.bench.suite.Edges;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.bench.webrtc.PageCall.Concealment;
import confab.rig.browser.Chromium;
import confab.rig.impairment.ImpairedLink;
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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// What a listener hears of a voice, and when, through good and bad links: on our page, and through
/// a plain RTCPeerConnection in the same browser.
public final class CallsSuite implements Suite {
  /// For what a call begins with to pass.
  private static final Duration SETTLING = Duration.ofSeconds(6);

  private static final Duration BETWEEN_STALLS = Duration.ofSeconds(4);
  private static final Duration STALL = Duration.ofMillis(200);
  private static final long TOO_NARROW = 24_000;
  private static final double MOST_DELAY_MILLIS = 900;
  private static final int SEED = 5;

  private static final String NOTE =
      """
      Two tabs of one headless Chromium with the lowest latency hint are in a call, and the \
      listener is behind one link (`impairment`, seeded).
      The link has the same delay, jitter and loss each way.
      The microphone hears a voice and a click each second, without noise suppression and gain \
      control.
      Confab goes from speaker to edge, link and listener, over WebTransport.
      WebRTC is a plain `RTCPeerConnection` (Opus, in-band FEC) straight from speaker to \
      listener through that link.
      Mouth to ear is from the click in the microphone's track to the click before the \
      loudspeaker, p50 / p95 of all clicks.
      The output's own delay of 8 ms is in both.
      "Made up" is the part of what was played that was concealed rather than decoded or \
      recovered, as each side says itself.
      "Damaged" are the frames of 20 ms that differ from what was said by more than 12 dB over \
      the bands of the ear, whoever's fault it is.
      "Silence" is the longest in a voice that never pauses for more than 100 ms.
      There are %d runs of %d s after %d s, in turn; the figures are means, of silence the \
      worst.\
      """;

  /// @param during what happens to it each few seconds
  /// @param paused the voice on it pauses for 0.7 s of each 2
  private record Road(
      String title,
      Optional<Impairment> impairment,
      Optional<Consumer<ImpairedLink>> during,
      boolean paused) {
    static Road open() {
      return new Road("loopback", Optional.empty(), Optional.empty(), false);
    }

    static Road of(String title, int delayMillis, int jitterMillis, double lossPercent) {
      return new Road(
          title,
          Optional.of(impairment(delayMillis, jitterMillis, lossPercent)),
          Optional.empty(),
          false);
    }

    Road withPauses() {
      return new Road(title + ", with pauses", impairment, during, true);
    }

    static Impairment impairment(int delayMillis, int jitterMillis, double lossPercent) {
      return new Impairment(
          Duration.ofMillis(delayMillis), Duration.ofMillis(jitterMillis), lossPercent / 100, SEED);
    }
  }

  private static final List<Road> ROADS =
      List.of(
          Road.open(),
          Road.of("20 ms ± 10, 2 %", 20, 10, 2),
          Road.of("20 ms ± 10, 2 %", 20, 10, 2).withPauses(),
          Road.of("10 ms, 5 %", 10, 0, 5),
          Road.of("10 ms, 5 %", 10, 0, 5).withPauses(),
          Road.of("10 ms, 10 %", 10, 0, 10),
          Road.of("10 ms, 20 %", 10, 0, 20),
          Road.of("50 ms, 2 %", 50, 0, 2),
          Road.of("100 ms, 2 %", 100, 0, 2),
          Road.of("60 ms ± 20", 60, 20, 0),
          Road.of("60 ms ± 60", 60, 60, 0),
          new Road(
              "10 ms, 200 ms of nothing each 4 s",
              Optional.of(Road.impairment(10, 0, 0)),
              Optional.of(link -> link.stall(STALL)),
              false),
          new Road(
              "10 ms, from 4 s on 24 kbit/s",
              Optional.of(Road.impairment(10, 0, 0)),
              Optional.of(
                  link ->
                      link.become(
                          new Impairment(
                              Duration.ofMillis(10), Duration.ZERO, 0, TOO_NARROW, SEED))),
              false));

  /// Of one run. Times in ms.
  private record Call(
      Series delays, double concealedPercent, double damagedPercent, double silence) {}

  private final Site site;
  private final int runs;
  private final Duration length;
  private final List<Road> roads;
  private final Map<Road, Map<Caller, List<Call>>> found = new LinkedHashMap<>();
  private int failures;

  public CallsSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(20);
    roads = options.sizes(2, ROADS);
  }

  @Override
  public Table measure() throws Exception {
    try (EdgeProcess edge = Edges.start(site, "edge", List.of());
        Chromium talker = PageCall.browser(Clicks.writeTo(site.file("clicks.wav")));
        Chromium pauser = PageCall.browser(Clicks.writeWithPausesTo(site.file("pauses.wav")))) {
      for (int run = 1; run <= runs; run++) {
        for (Road road : roads) {
          for (Caller caller : Caller.values()) {
            measure(road.paused ? pauser : talker, edge, road, caller, run);
          }
        }
      }
    }
    return table();
  }

  @Override
  public int failures() {
    return failures;
  }

  private void measure(Chromium browser, EdgeProcess edge, Road road, Caller caller, int run)
      throws Exception {
    try (PageCall page = caller.call(browser, edge, road.impairment)) {
      page.join();
      Call call = measure(page, road);
      System.err.printf(
          Locale.ROOT,
          "calls, %s, %s, run %d/%d: %s ms, %.1f %% made up, %.1f %% damaged, %.0f ms of silence%n",
          caller.title,
          road.title,
          run,
          runs,
          call.delays.render(0, 50, 95),
          call.concealedPercent,
          call.damagedPercent,
          call.silence);
      found
          .computeIfAbsent(road, _ -> new EnumMap<>(Caller.class))
          .computeIfAbsent(caller, _ -> new ArrayList<>())
          .add(call);
    } catch (PlaywrightException e) {
      failures++;
      System.err.println("calls, " + caller.title + ", " + road.title + ": " + e.getMessage());
    }
  }

  private Call measure(PageCall page, Road road) {
    page.listener.page().waitForTimeout(SETTLING.toMillis());
    page.forget();
    Concealment before = page.concealment();
    for (Duration left = length; left.isPositive(); left = left.minus(BETWEEN_STALLS)) {
      Duration next = left.compareTo(BETWEEN_STALLS) < 0 ? left : BETWEEN_STALLS;
      page.listener.page().waitForTimeout(next.toMillis());
      road.during.ifPresent(page::change);
    }
    Concealment after = page.concealment();
    Recording ear = page.ear();
    Recording mouth = page.mouth();
    Series delays =
        Series.of(
            Recording.delays(
                mouth.onsets(Clicks.CLICK_LEVEL),
                ear.onsets(Clicks.CLICK_LEVEL),
                MOST_DELAY_MILLIS));
    return new Call(
        delays,
        after.percentSince(before),
        Damage.percent(mouth, ear, delays.percentile(50)),
        ear.longestSilence(Clicks.VOICE_LEVEL));
  }

  private Table table() {
    List<String> header = new ArrayList<>(List.of("link, each way"));
    for (Caller caller : Caller.values()) {
      header.add(caller.title + ": mouth to ear, ms");
      header.add("made up, %");
      header.add("damaged, %");
      header.add("silence, ms");
    }
    List<List<String>> rows = new ArrayList<>();
    found.forEach((road, calls) -> rows.add(row(road, calls)));
    return new Table(
        "Calls between pages",
        NOTE.formatted(runs, length.toSeconds(), SETTLING.toSeconds()),
        header,
        rows);
  }

  private static List<String> row(Road road, Map<Caller, List<Call>> calls) {
    List<String> row = new ArrayList<>(List.of(road.title));
    for (Caller caller : Caller.values()) {
      List<Call> all = calls.getOrDefault(caller, List.of());
      row.add(
          mean(0, all, call -> call.delays.percentile(50))
              + " / "
              + mean(0, all, call -> call.delays.percentile(95)));
      row.add(mean(1, all, Call::concealedPercent));
      row.add(mean(1, all, Call::damagedPercent));
      double silence = Series.of(all.stream().mapToDouble(Call::silence)).worst();
      row.add(road.paused ? "–" : Series.render(0, silence));
    }
    return row;
  }

  private static String mean(int decimals, List<Call> all, ToDoubleFunction<Call> figure) {
    return Series.render(decimals, Series.of(all.stream().mapToDouble(figure)).mean());
  }
}
