package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.browser.Chromium;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Site;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A long call of two real browsers through `./confab serve`, watched for stalls and growth. Not
/// part of the ordinary run; `docs/BENCHMARKS.md` has the command and what was seen.
@Tag("soak")
@Isolated
class SoakTest {
  private static final double WINDOW_SECONDS = 10;

  /// The voice itself pauses for 80 ms, and noise suppression may swallow a soft syllable.
  private static final double STALL_SECONDS = 0.4;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void aLongCallNeitherStallsNorGrows() throws Exception {
    var duration = Duration.ofMinutes(Long.getLong("soak.minutes", 10));
    try (Site site = Tool.site(directory);
        EdgeProcess serve = EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of());
        Chromium alices = Chromium.speaking(new Voice(150));
        Chromium bobs = Chromium.speaking(new Voice(230))) {
      var edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), serve.port());
      String url = "http://localhost:" + edge.getPort() + "/meeting/";
      Tab alice = joinTimed(alices, url + "alice/soak");
      Tab bob = joinTimed(bobs, url + "bob/soak");
      bob.waitForStatus("WebTransport");
      bob.hear(5);
      long begin = System.nanoTime();
      int stalls = 0;
      double heapAtStart = 0;
      double heapAtEnd = 0;
      print("minute heap-MB threads cpu-s frames-in frames-out dropped lost silence-ms clicks/s");
      for (int window = 0; System.nanoTime() - begin < duration.toNanos(); window++) {
        Sound atBob = bob.hear(WINDOW_SECONDS);
        Sound atAlice = alice.hear(WINDOW_SECONDS / 5);
        double silence = Math.max(atBob.longestSilence(), atAlice.longestSilence());
        stalls += silence > STALL_SECONDS ? 1 : 0;
        if (window % 5 == 0 || silence > STALL_SECONDS) {
          heapAtEnd = heapAfterCollection(serve, edge);
          heapAtStart = window == 0 ? heapAtEnd : heapAtStart;
          print(line(edge, begin, heapAtEnd, silence, atBob.clicksPerSecond()));
        }
      }
      print("stalls: " + stalls + ", heap grew by " + (heapAtEnd - heapAtStart) / 1e6 + " MB");
      assertThat(stalls).isZero();
      assertThat(heapAtEnd - heapAtStart).isLessThan(8e6);
      assertThat(alice.errors()).isEmpty();
    }
  }

  /// From pressing Join to being in the room.
  private static Tab joinTimed(Chromium browser, String url) {
    Tab tab = browser.newTab();
    tab.page().navigate(url);
    tab.button("Join").waitFor();
    long pressed = System.nanoTime();
    tab.button("Join").click();
    tab.button("Leave").waitFor();
    print("joined " + (System.nanoTime() - pressed) / 1_000_000 + " ms after pressing Join");
    return tab;
  }

  private static String line(
      InetSocketAddress edge, long begin, double heap, double silence, double clicks) {
    return String.format(
        Locale.ROOT,
        "%.1f %.1f %.0f %.1f %.0f %.0f %.0f %.0f %.0f %.2f",
        (System.nanoTime() - begin) / 60e9,
        heap / 1e6,
        Metric.of(edge, "jvm_threads_live_threads"),
        Metric.of(edge, "process_cpu_time_ns_total") / 1e9,
        Metric.of(edge, "confab_media_frames_in_total{transport=\"webtransport\"}"),
        Metric.of(edge, "confab_media_frames_out_total{transport=\"webtransport\"}"),
        Metric.sum(edge, "confab_media_dropped_total"),
        Metric.of(edge, "confab_webtransport_datagrams_lost_total"),
        silence * 1000,
        clicks);
  }

  private static double heapAfterCollection(EdgeProcess serve, InetSocketAddress edge)
      throws Exception {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    new ProcessBuilder(jcmd, Long.toString(serve.pid()), "GC.run").start().waitFor();
    return Metric.sum(edge, "jvm_memory_used_bytes{area=\"heap\"");
  }

  private static void print(String line) {
    System.out.println("soak: " + line);
  }
}
