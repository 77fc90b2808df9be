package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Query;
import java.net.URI;
import org.junit.jupiter.api.Test;

class EdgeFinderTest {
  @Test
  void namesArePercentEncodedOnceForHttpAndTwiceForFlupke() {
    var config = new SessionConfig("http://localhost", "demo", "zoe").withName("Zoë & 50%+1");
    Query query = config.query();

    assertThat(query).hasToString("room=demo&user=zoe&name=Zo%C3%AB%20%26%2050%25%2B1");
    URI twice = WebTransportLink.doubleEncoded(query.on(URI.create("https://edge/wt")));
    assertThat(twice.getQuery()).isEqualTo(query.toString());
  }
}
