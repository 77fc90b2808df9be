package confab.participant.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  /// @param text assignments, separated by blanks
  private static Proxies environment(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String each : text.split(" ")) {
      String[] parts = each.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return new Proxies(variables);
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy=http://p:3128, http://a.example, 'the proxy p:3128 of http_proxy'",
    "http_proxy=http://p:3128, ws://a.example/ws, 'the proxy p:3128 of http_proxy'",
    "http_proxy=p:3128, http://a.example, 'the proxy p:3128 of http_proxy'",
    "http_proxy=p:3128, http://my_host,",
    "http_proxy=http://me:secret@p/, http://a.example, 'the proxy p:80 of http_proxy'",
    "http_proxy=http://p:3128, https://a.example,",
    "HTTP_PROXY=http://p:3128, http://a.example,",
    "HTTPS_PROXY=http://[fd00::1]:8, wss://a.example, 'the proxy [fd00::1]:8 of HTTPS_PROXY'",
    "all_proxy=socks5h://p, https://a.example, 'the proxy p:1080 of all_proxy'",
    "all_proxy=p http_proxy=q, http://a.example, 'the proxy q:80 of http_proxy'",
    "http_proxy=p, http://localhost:8080,",
    "http_proxy=p, http://[::1]:8080,",
    "'http_proxy=p no_proxy=b.example,.a.example', http://a.example,",
    "http_proxy=p no_proxy=*.example, http://edge.a.example,",
    "http_proxy=p no_proxy=a.example, http://aa.example, 'the proxy p:80 of http_proxy'",
    "http_proxy=p NO_PROXY=a.example:80, http://a.example,",
    "http_proxy=p no_proxy=a.example:81, http://a.example, 'the proxy p:80 of http_proxy'",
    "http_proxy=p no_proxy=fd00::2, 'http://[fd00::2]:80',",
    "http_proxy=p no_proxy=*, http://a.example,",
  })
  void aProxyIsChosenAsCurlDoes(String environment, URI url, @Nullable String named) {
    assertThat(environment(environment).named(url)).isEqualTo(named);
  }

  @Test
  void whatIsNoProxyOfOursIsNotPassedOver() {
    for (String text : new String[] {"https://p:1", "http://", "p q"}) {
      assertThatThrownBy(
              () -> new Proxies(Map.of("http_proxy", text)).named(URI.create("http://a.example")))
          .hasMessageContaining("http_proxy");
    }
  }
}
