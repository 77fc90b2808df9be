package confab.fuzz;

/// Jazzer's way in; `fuzz/run` names the target.
public final class Fuzzer {
  private static final Target TARGET = target(System.getProperty("confab.fuzz.target", ""));

  private Fuzzer() {}

  private static Target target(String label) {
    for (Target each : Target.values()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no target " + label);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.feed(input);
  }
}
