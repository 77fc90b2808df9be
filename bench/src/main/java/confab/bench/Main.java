package confab.bench;

import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `bench/run` starts: the suites one after another, a table for each on standard output and,
/// when asked for, in the document. In reading order: [Arguments], [Suites], [LoadSuite].
///
/// Exit codes: 0 when every run went well, 1 otherwise, 2 for wrong usage.
final class Main {
  private static final Document DOCUMENT = new Document(Path.of("docs", "BENCHMARKS.md"));

  private Main() {}

  static void main(String[] args) throws Exception {
    Arguments arguments;
    try {
      arguments = Arguments.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; bench/run --help tells more");
      System.exit(2);
      return;
    }
    System.exit(run(arguments) == 0 ? 0 : 1);
  }

  /// How many runs came to nothing.
  private static int run(Arguments arguments) throws IOException, InterruptedException {
    if (arguments.update()) {
      for (Suites each : arguments.only()) {
        DOCUMENT.check(each.label());
      }
    }
    int failures = 0;
    for (Suites each : arguments.only()) {
      int failed = measure(each, arguments);
      System.err.println(
          "bench: " + each.label() + (failed == 0 ? " is done" : ": " + failed + " failed"));
      failures += failed;
    }
    return failures;
  }

  private static int measure(Suites name, Arguments arguments) throws InterruptedException {
    // The one way down: an interrupt comes here, too.
    try (Site site = Site.open("bench-" + name.label(), Map.of())) {
      System.err.println("bench: " + name.label() + "; logs are in " + site.directory());
      String before = Machine.load();
      Suite suite = name.make(arguments.options(), site);
      Table table = suite.measure();
      String body = table.body(Machine.origin(arguments.command(name), before));
      System.out.println("## " + table.title() + "\n\n" + body);
      if (arguments.update()) {
        Optional<String> chart = suite.chart();
        String image = chart.isEmpty() ? "" : DOCUMENT.addChart(name.label(), chart.get());
        DOCUMENT.update(name.label(), body + image);
      }
      if (suite.failures() == 0) {
        site.forgetLogs();
      }
      return suite.failures();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      System.err.println("bench: " + name.label() + ": " + e);
      return 1;
    }
  }
}
