package confab.protocol.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebTransportNumbersTest {
  /// The numbers again, as the documents have them: a slip of the finger would shut browsers out.
  @Test
  void anEdgeAnnouncesWhatChromiumFirefoxAndSafariAskFor() {
    assertThat(WebTransportNumbers.EDGE_SETTINGS)
        .containsOnlyKeys(0x33L, 0x2b603742L, 0xc671706aL, 0x2c7cf000L)
        .allSatisfy((id, value) -> assertThat(value).isEqualTo(1));
    assertThat(WebTransportNumbers.PROTOCOLS)
        .containsExactlyInAnyOrder("webtransport", "webtransport-h3");
  }

  @Test
  void applicationErrorsAreSpreadOverTheNumbersThatAreNotForGreasing() {
    assertThat(WebTransportNumbers.httpError(0)).isEqualTo(0x52e4a40fa8dbL);
    assertThat(WebTransportNumbers.httpError(0x1d)).isEqualTo(0x52e4a40fa8f8L);
    assertThat(WebTransportNumbers.httpError(0x1e)).isEqualTo(0x52e4a40fa8faL);
    assertThat(WebTransportNumbers.httpError(0xffff_ffffL)).isEqualTo(0x52e5ac983162L);
    for (long code = 0; code < 1000; code++) {
      assertThat((WebTransportNumbers.httpError(code) - 0x21) % 0x1f).isNotZero();
    }
  }
}
