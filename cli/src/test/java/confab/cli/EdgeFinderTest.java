package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EdgeFinderTest {
  @Test
  void namesArePercentEncodedOnceForHttpAndTwiceForFlupke() {
    var config =
        new HeadlessParticipant.Config(
            URI.create("http://localhost"),
            "demo",
            "zoe",
            "Zoë & 50%+1",
            HeadlessParticipant.Transport.AUTO,
            false);
    String query = EdgeFinder.query(config);

    assertThat(query).isEqualTo("?room=demo&user=zoe&name=Zo%C3%AB%20%26%2050%25%2B1");
    URI twice = WebTransportLink.doubleEncoded(URI.create("https://edge/wt" + query));
    assertThat("?" + twice.getQuery()).isEqualTo(query);
  }
}
