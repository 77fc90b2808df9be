package confab.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  /// What an operator writes, and what a browser then sends.
  @ParameterizedTest
  @CsvSource({
    "https://Meet.Example.org,       https://meet.example.org",
    "https://meet.example.org:443,   https://meet.example.org",
    "https://meet.example.org/,      https://meet.example.org",
    "HTTP://meet.example.org:80,     http://meet.example.org",
    "http://my_host:8080,            http://my_host:8080",
    "https://*.example.org,          https://meet.example.org",
    "https://*.example.org,          https://a.b.example.org",
    "https://*.Example.org:8443,     https://meet.example.org:8443"
  })
  void whatIsMeantIsIn(String written, String sent) {
    assertThat(Origins.parse(List.of(written)).contains(sent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "https://meet.example.org:8443",
        "http://meet.example.org",
        "https://meet.example.org.evil.test",
        "https://notexample.org",
        "https://.example.org",
        "null",
        "",
        "://"
      })
  void nothingElseIs(String sent) {
    assertThat(Origins.parse(List.of("https://*.example.org")).contains(sent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "https://*",
        "https://*.",
        "https://me*.example.org",
        "meet.example.org",
        "ftp://meet.example.org",
        "https://meet.example.org/page",
        "https://meet.example.org?x",
        "https://user@meet.example.org",
        "https:example.org",
        "https://a b"
      })
  void whatCanNeverMatchIsRefused(String written) {
    assertThatThrownBy(() -> Origins.parse(List.of(written)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(written);
  }

  @Test
  void theyAreShownAsTheyWouldBeWritten() {
    assertThat(Origins.parse(List.of("https://*.b.example", "https://a.example:443")))
        .hasToString("https://*.b.example,https://a.example");
  }
}
