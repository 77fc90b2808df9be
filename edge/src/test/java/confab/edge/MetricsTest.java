package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.DropReason;
import confab.room.Resumption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What `/metrics` says of itself, and that `docs/OPERATIONS.md` says the same.
class MetricsTest {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{([^}]*)\\})? .*");

  private static Edge edge;
  private static List<String> lines;

  @BeforeAll
  static void start() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback());
    lines = Http.get(edge.httpAddress(), "/metrics").body().lines().toList();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  /// What stands behind `# HELP` or `# TYPE` of each metric.
  private static Map<String, String> comments(String kind) {
    return lines.stream()
        .filter(line -> line.startsWith("# " + kind + " "))
        .map(line -> line.split(" ", 4))
        .collect(Collectors.toMap(words -> words[2], words -> words[3], (one, _) -> one));
  }

  /// The metrics with a sample, and the names of its labels.
  private static Map<String, List<String>> samples() {
    Map<String, List<String>> samples = new TreeMap<>();
    for (String line : lines) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        samples.put(sample.group(1), labels(sample.group(2)));
      }
    }
    return samples;
  }

  private static List<String> labels(String labels) {
    List<String> names = new ArrayList<>();
    Matcher label = Pattern.compile("([a-z_]+)=\"").matcher(labels == null ? "" : labels);
    while (label.find()) {
      names.add(label.group(1));
    }
    return names;
  }

  @Test
  void everyMetricHasHelpAndAType() {
    Map<String, String> help = comments("HELP");
    Map<String, String> type = comments("TYPE");
    assertThat(samples()).hasSizeGreaterThan(30);
    samples()
        .forEach(
            (name, _) -> {
              // Summaries have samples of their own for count and sum.
              String family = type.containsKey(name) ? name : name.replaceAll("_(count|sum)$", "");
              assertThat(help.getOrDefault(family, "")).as("help of " + name).isNotBlank();
              assertThat(type).as("type of " + name).containsKey(family);
            });
  }

  @Test
  void operatorsReadOfEveryMetricOfOurs() throws Exception {
    Map<String, String> help = comments("HELP");
    Map<String, String> type = comments("TYPE");
    List<List<String>> rows = new ArrayList<>();
    samples()
        .forEach(
            (name, labels) -> {
              if (name.startsWith("confab_")) {
                String by = labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
                rows.add(
                    List.of(
                        "`" + name + by + "`",
                        type.getOrDefault(name, ""),
                        help.getOrDefault(name, "")));
              }
            });
    Operations.assertTable("metrics", List.of("metric", "type", "meaning"), rows);
  }

  /// The others are those of the process and of the machine that runs it.
  @Test
  void operatorsReadOfEveryKindOfMetric() throws Exception {
    String section = Operations.section("Metrics");
    Map<String, Integer> kinds = new HashMap<>();
    samples().keySet().forEach(name -> kinds.merge(name.replaceAll("_.*", "_"), 1, Integer::sum));
    assertThat(kinds).containsKeys("confab_", "jvm_", "process_");
    kinds.keySet().forEach(kind -> assertThat(section).contains("`" + kind));
    for (DropReason reason : DropReason.values()) {
      assertThat(section).contains("`" + reason.label() + "`");
    }
    for (Resumption outcome : Resumption.values()) {
      assertThat(section).contains("`" + outcome.label() + "`");
    }
  }
}
