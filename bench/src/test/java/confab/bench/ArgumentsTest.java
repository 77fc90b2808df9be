package confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static Arguments parse(String line) {
    return Arguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  @Test
  void withoutOptionsEverythingIsMeasuredAsEachSuiteWants() {
    Arguments arguments = parse("");
    assertThat(arguments.only()).containsExactly(Suites.values());
    assertThat(arguments.options().runs(3)).isEqualTo(3);
    assertThat(arguments.options().length(10)).isEqualTo(Duration.ofSeconds(10));
    assertThat(arguments.options().sizes(1, List.of(10, 150))).containsExactly(10, 150);
    assertThat(arguments.update()).isFalse();
  }

  @Test
  void whatIsGivenCountsForAll() {
    Arguments arguments = parse("--only rounds,load --update --runs 5 --seconds 20");
    assertThat(arguments.only()).containsExactly(Suites.LOAD, Suites.ROUNDS);
    assertThat(arguments.options().runs(3)).isEqualTo(5);
    assertThat(arguments.options().length(10)).isEqualTo(Duration.ofSeconds(20));
    assertThat(arguments.update()).isTrue();
  }

  @Test
  void quickIsSmallAndShort() {
    Arguments arguments = parse("--quick");
    assertThat(arguments.options().runs(20)).isEqualTo(1);
    assertThat(arguments.options().length(10)).isLessThan(Duration.ofSeconds(10));
    assertThat(arguments.options().sizes(1, List.of(10, 150))).containsExactly(10);
  }

  @Test
  void theCommandOfATableMakesThatTableAgain() {
    Arguments arguments = parse("--only load,soak --runs 5 --minutes 2 --update");
    assertThat(arguments.command(Suites.LOAD)).isEqualTo("bench/run --only load --runs 5");
    assertThat(arguments.command(Suites.SOAK))
        .isEqualTo("bench/run --only soak --runs 5 --minutes 2");
    Arguments abuse = parse("--only abuse --attacks texts,liars --quick");
    assertThat(abuse.command(Suites.ABUSE))
        .isEqualTo("bench/run --only abuse --attacks texts,liars --quick");
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
