package confab.webtransport;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Event;
import confab.protocol.Request;
import confab.webtransport.kwik.RawParticipant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an edge says of WebTransport's drafts, each of which some browser speaks. The numbers are
/// written out, so that the constants are tested as well.
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class DraftsTest extends ServerFixture {
  DraftsTest(QuicEngine engine) {
    super(engine);
  }

  @Test
  void anEdgeAnnouncesWebTransportInTheWordsOfEveryBrowser() throws Exception {
    try (var browser = RawParticipant.dial(edge)) {
      assertThat(browser.setting(0x08)).as("extended CONNECT").hasValue(1L);
      assertThat(browser.setting(0x33)).as("datagrams").hasValue(1L);
      assertThat(browser.setting(0x2b603742)).as("Chromium, Firefox: draft 02").hasValue(1L);
      assertThat(browser.setting(0xc671706aL)).as("Safari: draft 07").hasValue(1L);
      assertThat(browser.setting(0x2c7cf000)).as("draft 15").hasValue(1L);
    }
  }

  /// Safari then wants credit for the session, which an edge does not give.
  @Test
  void anEdgeDoesNotAnnounceDrafts13And14() throws Exception {
    try (var browser = RawParticipant.dial(edge)) {
      assertThat(browser.setting(0x14e9cd29)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "webtransport-h3"})
  void theProtocolIsCalledByEitherName(String protocol) throws Exception {
    try (var browser = RawParticipant.dial(edge)) {
      assertThat(browser.connect(edge, protocol, "/wt?room=demo&user=a", null)).isEqualTo(200);
      browser.openControl();
      browser.send(new Request.Enter());
      await().until(() -> !browser.eventsOf(Event.Welcome.class).isEmpty());
    }
  }

  @Test
  void anotherProtocolIsRefused() throws Exception {
    try (var browser = RawParticipant.dial(edge)) {
      // RFC 9220, section 3.
      assertThat(browser.connect(edge, "websocket", "/wt?room=demo&user=a", null)).isEqualTo(501);
    }
  }
}
