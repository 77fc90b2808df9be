package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeUrlsTest {
  private static EdgeUrls boundTo(String address, boolean selfMade) throws Exception {
    return new EdgeUrls(
        new InetSocketAddress(InetAddress.getByName(address), 4433),
        selfMade,
        EdgeConfig.onLoopback());
  }

  private static EdgeUrls.Urls urls(String webTransport, String webSocket) {
    return new EdgeUrls.Urls(URI.create(webTransport), URI.create(webSocket));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,   localhost:8080,   127.0.0.1",
    "::,        localhost:8080,   127.0.0.1",
    "127.0.0.1, localhost,        127.0.0.1",
    "::1,       localhost:8080,   [::1]",
    "192.0.2.7, localhost:8080,   192.0.2.7",
    "::,        192.0.2.7:8080,   192.0.2.7",
    "::,        [2001:db8::1]:80, [2001:db8::1]",
    "::,        confab.lan:8080,  confab.lan"
  })
  void withASelfMadeCertificateLocalhostIsTheBoundAddress(
      String bind, String authority, String host) throws Exception {
    var urls = boundTo(bind, true).of(authority, false);
    assertThat(urls).isEqualTo(urls("https://" + host + ":4433/wt", "ws://" + authority + "/ws"));
  }

  @Test
  void aRealCertificateKeepsTheName() throws Exception {
    var urls = boundTo("::", false).of("localhost:8443", true);
    assertThat(urls).isEqualTo(urls("https://localhost:4433/wt", "wss://localhost:8443/ws"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a/b", "user@host", "host:port", "[::1", "host:1:2", "[:::::]", "a\"b"})
  void whatIsNoAuthorityHasNoUrls(String authority) throws Exception {
    assertThat(boundTo("::", true).of(authority, false)).isNull();
  }
}
