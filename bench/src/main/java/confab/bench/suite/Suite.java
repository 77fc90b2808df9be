package confab.bench.suite;

import java.util.Optional;

/// One table of `docs/BENCHMARKS.md` and how it is made.
public interface Suite {
  /// Takes its time; says on standard error how it goes.
  Table measure() throws Exception;

  /// What was measured, as SVG, for those who would rather look.
  default Optional<String> chart() {
    return Optional.empty();
  }

  /// How many runs came to nothing.
  default int failures() {
    return 0;
  }
}
