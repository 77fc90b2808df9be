package confab.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://host:8080, http://host:8080, ,",
    "http://my_host:8080/, http://my_host:8080/, ,",
    "https://host/confab/, https://host/confab/, ,",
    "https://host/meeting/alice/demo, https://host, alice, demo",
    "https://host/Meeting/demo/, https://host, , demo",
    "https://host/confab/meeting/a/b?transport=websocket#x, https://host/confab, a, b",
    "https://host/meeting/%D0%90%D0%BD%D1%8F+1/demo, https://host, Аня+1, demo",
    "https://host/meeting, https://host/meeting, ,",
    "https://host/meeting/a/b/c, https://host/meeting/a/b/c, ,"
  })
  void aMeetingsPageNamesDeploymentUserAndRoom(
      URI url, URI deployment, @Nullable String who, @Nullable String room) {
    assertThat(MeetingUrl.of(url)).isEqualTo(new MeetingUrl(deployment, who, room));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String text : new String[] {"ftp://host/", "localhost:8080", "http:///meeting/a/b"}) {
      assertThatThrownBy(() -> MeetingUrl.of(URI.create(text)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> MeetingUrl.of(URI.create("http://host/meeting/a%2/b%20")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
