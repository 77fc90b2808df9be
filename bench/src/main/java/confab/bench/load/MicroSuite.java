package confab.bench.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What small steps take and allocate, by JMH. The benchmarks are in the package of what they
/// measure, in its `src/jmh`.
public final class MicroSuite implements Suite {
  private static final Duration LONGEST = Duration.ofHours(2);
  /// As an edge has it.
  private static final String JVM = "@" + Path.of("edge", "jvm.options");

  private static final Path JAR = Path.of("bench", "target", "confab-bench.jar");
  private static final String NOTE =
      """
      JMH measures the average time of one thread, in %d JVMs with %d s of warm-up and %d s of \
      measuring each.
      Figures are the mean (least–most) of all seconds, and what the allocation profiler \
      counts.
      """;

  private static final String PATHS =
      """
      `Stamp.frame` is a frame checked, limited and stamped.
      `Choose.frame` is whether a frame is of the loudest five of twenty.
      `Bundle` is a round gathered and copied, once for all who only listen (`shared`) or for \
      one who speaks (`own`; nothing when alone).
      `Offer.round` is a round's frames gathered and offered to 150 outboxes, which are \
      emptied.
      Per delivered frame that is the figure divided by 150 times the speakers.\
      """;

  private static final String TOKENS =
      """
      `Token.library` is what nimbus-jose-jwt alone takes to read a token, check its signature \
      and read its claims.
      `Token.first` is all that an edge does with a token that it has not seen, `Token.again` \
      with one that it has.\
      """;

  private final Site site;
  private final String title;
  private final String measured;
  private final String note;
  private final int forks;
  private final int warmUpSeconds;
  private final int seconds;

  private MicroSuite(Options options, Site site, String title, String measured, String note) {
    this.site = site;
    this.title = title;
    this.measured = measured;
    this.note = note;
    forks = options.runs(3);
    warmUpSeconds = options.quick() ? 1 : 3;
    seconds = options.quick() ? 1 : 5;
  }

  /// The steps of the frame path.
  public static MicroSuite paths(Options options, Site site) {
    return new MicroSuite(options, site, "The steps of the frame path", "confab.frames", PATHS);
  }

  /// What it takes to check a token.
  public static MicroSuite tokens(Options options, Site site) {
    return new MicroSuite(options, site, "Checking a token", "confab.access", TOKENS);
  }

  @Override
  public Table measure() throws Exception {
    Path results = site.file("micro.json");
    Program jmh = site.start("micro", command(results));
    int code = jmh.awaitEnd(LONGEST);
    if (code != 0) {
      throw new IOException("JMH ended with " + code + ": " + jmh.complaint());
    }
    JsonArray all = JsonParser.parseString(Files.readString(results)).getAsJsonArray();
    List<List<String>> rows = new ArrayList<>();
    all.forEach(each -> rows.add(row(each.getAsJsonObject())));
    return new Table(
        title,
        NOTE.formatted(forks, warmUpSeconds, seconds) + note,
        List.of("step", "with", "ns", "bytes allocated"),
        rows);
  }

  private List<String> command(Path results) {
    List<String> command = new ArrayList<>(List.of(Launch.java(), JVM));
    command.addAll(List.of("-cp", JAR.toString(), "org.openjdk.jmh.Main", measured));
    command.addAll(List.of("-jvmArgs", JVM));
    command.addAll(List.of("-prof", "gc", "-f", String.valueOf(forks), "-foe", "true"));
    command.addAll(List.of("-w", "1", "-wi", String.valueOf(warmUpSeconds)));
    command.addAll(List.of("-r", "1", "-i", String.valueOf(seconds)));
    command.addAll(List.of("-rf", "json", "-rff", results.toString()));
    return command;
  }

  private static List<String> row(JsonObject result) {
    String[] name = result.get("benchmark").getAsString().split("\\.");
    String step = name[name.length - 2].replace("Benchmark", "") + "." + name[name.length - 1];
    JsonObject allocated =
        result.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
    return List.of(
        "`" + step + "`",
        parameters(result),
        times(result.getAsJsonObject("primaryMetric")).spread(0),
        Series.render(0, allocated.get("score").getAsDouble()));
  }

  /// Such as `speakers 3`.
  private static String parameters(JsonObject result) {
    JsonObject parameters = result.getAsJsonObject("params");
    return parameters == null
        ? ""
        : parameters.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue().getAsString())
            .collect(Collectors.joining(", "));
  }

  private static Series times(JsonObject metric) {
    List<Double> times = new ArrayList<>();
    for (JsonElement fork : metric.getAsJsonArray("rawData")) {
      fork.getAsJsonArray().forEach(each -> times.add(each.getAsDouble()));
    }
    return Series.of(times);
  }
}
