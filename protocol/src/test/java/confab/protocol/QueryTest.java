package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  @Test
  void whatIsWrittenIsRead() {
    Query query = Query.of("room", "demo", "name", "Zoë & 50%+1 = ?#/");

    assertThat(query.toString()).matches("[A-Za-z0-9%&=.-]*");
    assertThat(Query.parse(query.toString())).isEqualTo(query);
    assertThat(query.get("name")).isEqualTo("Zoë & 50%+1 = ?#/");
    assertThat(query.get("user")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://edge/wt, https://edge/wt?room=a%20b",
    "https://edge/wt?edge=edge-1, https://edge/wt?edge=edge-1&room=a%20b",
    "wss://edge:8443/ws?at=%2F, wss://edge:8443/ws?at=%2F&room=a%20b"
  })
  void aUrlKeepsItsOwnParameters(URI url, URI expected) {
    assertThat(Query.of("room", "a b").on(url)).isEqualTo(expected);
  }

  @Test
  void whatIsNoParameterIsLeftOutAndTheFirstOfTwoCounts() {
    Query query = Query.parse("room=a&&room=b&=c&user&name=%zz&x=1=2");

    assertThat(query).isEqualTo(Query.of("room", "a", "name", "", "x", "1=2"));
    assertThat(Query.parse(null)).isEqualTo(Query.of());
    assertThat(Query.parse("room=" + "a".repeat(4096))).isEqualTo(Query.of());
  }

  @Test
  void readingNeverThrows() {
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      var raw = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        raw.append("room=&%2F+\u0000a1".charAt(random.nextInt(13)));
      }
      assertThat(Query.parse(raw.toString())).isNotNull();
    }
  }
}
