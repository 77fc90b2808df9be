package confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class OptionsTest {
  private static Options parse(String line) {
    return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  @Test
  void withoutOptionsEverythingIsMeasuredAsEachSuiteWants() {
    Options options = parse("");
    assertThat(options.only()).containsExactly(Suites.values());
    assertThat(options.runs(3)).isEqualTo(3);
    assertThat(options.length(10)).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.sizes(1, List.of(10, 150))).containsExactly(10, 150);
    assertThat(options.update()).isFalse();
  }

  @Test
  void whatIsGivenCountsForAll() {
    Options options = parse("--only rounds,load --update --runs 5 --seconds 20");
    assertThat(options.only()).containsExactly(Suites.LOAD, Suites.ROUNDS);
    assertThat(options.runs(3)).isEqualTo(5);
    assertThat(options.length(10)).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.update()).isTrue();
  }

  @Test
  void quickIsSmallAndShort() {
    Options options = parse("--quick");
    assertThat(options.runs(20)).isEqualTo(1);
    assertThat(options.length(10)).isLessThan(Duration.ofSeconds(10));
    assertThat(options.sizes(1, List.of(10, 150))).containsExactly(10);
  }

  @Test
  void theCommandOfATableMakesThatTableAgain() {
    Options options = parse("--only load,soak --runs 5 --minutes 2 --update");
    assertThat(options.command(Suites.LOAD)).isEqualTo("bench/run --only load --runs 5");
    assertThat(options.command(Suites.SOAK))
        .isEqualTo("bench/run --only soak --runs 5 --minutes 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runs",
        "--runs 0",
        "--runs x",
        "--seconds 1",
        "--only speed",
        "--what 1",
        "now",
        "--transport tcp"
      })
  void whatIsWrongIsSaid(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line.split(" ")[0]);
  }
}
