package confab.bench;

import org.jspecify.annotations.NullMarked;

/// Something to find out about a cluster that is up.
@NullMarked
interface Measurement {
  /// Takes its time; says on standard error how it goes.
  Table measure() throws Exception;

  /// How many runs came to nothing.
  int failures();
}
