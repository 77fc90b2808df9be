package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class BitRatesTest {
  @ParameterizedTest
  @CsvSource({"32k, 32000", "6000, 6000", "128k, 128000"})
  void aBitRateIsANumberAndMaybeAK(String text, int rate) {
    assertThat(new BitRates().convert(text)).isEqualTo(rate);
  }

  @Test
  void aBitRateThatOpusOrTheEdgeWouldNotTakeIsRefused() {
    for (String text : new String[] {"5k", "129k", "32M", "", "k", "-6000"}) {
      assertThatThrownBy(() -> new BitRates().convert(text))
          .isInstanceOf(TypeConversionException.class);
    }
  }
}
