package confab.bench.webrtc;

import com.microsoft.playwright.Page;
import confab.bench.suite.CpuTime;
import confab.bench.suite.Edges;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.bench.webrtc.PageCall.Concealment;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a page does besides: how soon after Join it is heard, what a busy page does to the sound,
/// and what ten who speak cost. Each beside a plain RTCPeerConnection.
public final class PagesSuite implements Suite {
  private static final Duration SETTLING = Duration.ofSeconds(6);
  private static final Duration AFTER_JOIN = Duration.ofSeconds(2);
  private static final int WARM_JOINS = 4;
  private static final int STALL_MILLIS = 1500;
  private static final String STAND_STILL =
      "(millis) => { const end = performance.now() + millis; while (performance.now() < end); }";

  private static final String NOTE =
      """
      Both sides are pages in headless Chromium; WebRTC is a plain `RTCPeerConnection` between \
      two tabs.
      "First audio" is from pressing Join on a loaded page to the first sample of somebody who \
      has been speaking, on loopback.
      The button is pressed %d ms after the pointer has come to it, with the page's microphone \
      still to be opened.
      "Warm" is a browser that was in a call before, "cold" one just started, in which only \
      the speaker's page was opened before.
      "Page stands still" stops the page's thread for %d ms in the middle of a voice that \
      never pauses for more than 100 ms.
      Its figures are the longest silence, and what was made up in the %d s around it.
      "Ten speakers" speak all the time, and nobody is left out (`--loudest 0`).
      Its figures are the CPU of the browser that listens, and of its renderers alone.
      There are %d runs; figures are the mean (least–most).\
      """;

  private enum Measure {
    WARM("first audio, warm, ms"),
    COLD("first audio, cold, ms"),
    SILENCE("page stands still: silence, ms"),
    MADE_UP("page stands still: made up, %"),
    RENDERER("ten speakers: page, % of a core"),
    BROWSER("ten speakers: whole browser, % of a core");

    final String title;

    Measure(String title) {
      this.title = title;
    }
  }

  private final Site site;
  private final int runs;
  private final Duration length;
  private final Map<Measure, Map<Caller, List<Double>>> found = new EnumMap<>(Measure.class);

  public PagesSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(20);
  }

  @Override
  public Table measure() throws Exception {
    Path clicks = Clicks.writeTo(site.file("clicks.wav"));
    try (EdgeProcess edge = Edges.start(site, "edge", List.of("--loudest=0"))) {
      for (int run = 1; run <= runs; run++) {
        for (Caller caller : Caller.values()) {
          System.err.printf("pages, %s, run %d/%d%n", caller.title, run, runs);
          joins(caller, edge, clicks);
          tenSpeakers(caller, edge, clicks);
        }
      }
    }
    return table();
  }

  private void joins(Caller caller, EdgeProcess edge, Path clicks) throws Exception {
    try (Chromium browser = PageCall.browser(clicks)) {
      note(Measure.COLD, caller, firstAudio(caller, browser, edge));
      for (int i = 0; i < WARM_JOINS; i++) {
        note(Measure.WARM, caller, firstAudio(caller, browser, edge));
      }
      standStill(caller, browser, edge);
    }
  }

  private static double firstAudio(Caller caller, Chromium browser, EdgeProcess edge)
      throws Exception {
    try (PageCall call = caller.call(browser, edge, Optional.empty())) {
      call.join();
      call.listener.page().waitForTimeout(AFTER_JOIN.toMillis());
      return call.ear().firstAbove(Clicks.VOICE_LEVEL, call.pressed()) - call.pressed();
    }
  }

  private void standStill(Caller caller, Chromium browser, EdgeProcess edge) throws Exception {
    try (PageCall call = caller.call(browser, edge, Optional.empty())) {
      call.join();
      Page page = call.listener.page();
      page.waitForTimeout(SETTLING.toMillis());
      call.forget();
      Concealment before = call.concealment();
      page.evaluate(STAND_STILL, STALL_MILLIS);
      page.waitForTimeout(AFTER_JOIN.toMillis());
      note(Measure.MADE_UP, caller, call.concealment().percentSince(before));
      note(Measure.SILENCE, caller, call.ear().longestSilence(Clicks.VOICE_LEVEL));
    }
  }

  private void tenSpeakers(Caller caller, EdgeProcess edge, Path clicks) throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Chromium browser = PageCall.browser(clicks);
      open.add(browser);
      Page page = join(caller, browser, edge, clicks, open);
      page.waitForTimeout(SETTLING.toMillis());
      double rendererBefore = cpu(browser, "--type=renderer");
      double before = cpu(browser, "");
      long from = System.nanoTime();
      page.waitForTimeout(length.toMillis());
      double seconds = (System.nanoTime() - from) / 1e9;
      note(
          Measure.RENDERER,
          caller,
          100 * (cpu(browser, "--type=renderer") - rendererBefore) / seconds);
      note(Measure.BROWSER, caller, 100 * (cpu(browser, "") - before) / seconds);
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  private static Page join(
      Caller caller, Chromium browser, EdgeProcess edge, Path clicks, List<AutoCloseable> open)
      throws Exception {
    return switch (caller) {
      case CONFAB -> {
        Tab tab = browser.newTab();
        Choir.confab(tab, edge, open);
        yield tab.page();
      }
      case WEBRTC -> {
        Chromium speakers = PageCall.browser(clicks);
        open.add(speakers);
        Page page = WebRtcCall.page(browser, edge).page();
        Choir.webRtc(page, speakers, edge);
        yield page;
      }
    };
  }

  /// In seconds, of the browser's processes whose command says so.
  private static double cpu(Chromium browser, String command) throws IOException {
    List<Long> pids = new ArrayList<>();
    for (long pid : browser.processes()) {
      // Too long for ProcessHandle.
      if (Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline")).contains(command)) {
        pids.add(pid);
      }
    }
    return CpuTime.of(pids);
  }

  private void note(Measure measure, Caller caller, double value) {
    System.err.printf(Locale.ROOT, "pages, %s, %s: %.1f%n", caller.title, measure.title, value);
    found
        .computeIfAbsent(measure, _ -> new EnumMap<>(Caller.class))
        .computeIfAbsent(caller, _ -> new ArrayList<>())
        .add(value);
  }

  private Table table() {
    List<String> header = new ArrayList<>(List.of(""));
    List<List<String>> rows = new ArrayList<>();
    for (Caller caller : Caller.values()) {
      header.add(caller.title);
    }
    found.forEach(
        (measure, values) -> {
          List<String> row = new ArrayList<>(List.of(measure.title));
          for (Caller caller : Caller.values()) {
            row.add(Series.of(values.getOrDefault(caller, List.of())).spread(0));
          }
          rows.add(row);
        });
    long around = AFTER_JOIN.plusMillis(STALL_MILLIS).toSeconds();
    return new Table(
        "Pages",
        NOTE.formatted(ConfabCall.REACHING.toMillis(), STALL_MILLIS, around, runs),
        header,
        rows);
  }
}
