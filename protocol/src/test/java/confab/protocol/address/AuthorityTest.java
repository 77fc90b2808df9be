package confab.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "https://confab.example/wt,   confab.example, 443",
    "http://my_host:8080,         my_host,        8080",
    "ws://edge.2/ws,              edge.2,         80",
    "nats://nats_1:4222,          nats_1,         4222",
    "https://[2001:db8::1]:4433/, 2001:db8::1,    4433",
    "wss://192.0.2.7,             192.0.2.7,      443"
  })
  void everyUrlOfAServerHasOne(URI url, String host, int port) {
    Authority authority = Authority.in(url);
    assertThat(authority.bareHost()).isEqualTo(host);
    assertThat(authority.portOr(url.getScheme())).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "user@host", "host:port", "host:70000", "[::1", "[:::::]", "[1.2.3.4]"})
  void whatIsNoHostAndPortIsNone(String text) {
    assertThat(Authority.parse(text)).isNull();
  }

  @Test
  void itIsNormalisedAsBrowsersDoIt() {
    Authority authority = new Authority("Confab.Example", 443);
    assertThat(authority.normalised("https")).hasToString("confab.example");
    assertThat(authority.normalised("http")).hasToString("confab.example:443");
    assertThat(authority).hasToString("Confab.Example:443");
  }
}
