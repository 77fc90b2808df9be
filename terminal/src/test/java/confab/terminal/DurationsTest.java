package confab.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "10s, 10000",
    "2m, 120000",
    "1.5m, 90000",
    "1h, 3600000",
    "0.5s, 500",
    "0s, 0"
  })
  void aDurationIsANumberAndAUnit(String text, long millis) {
    assertThat(new Durations().convert(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "ten s", "10 s", "1d", "9999999999s"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
