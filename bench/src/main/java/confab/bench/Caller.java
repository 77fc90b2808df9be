package confab.bench;

import confab.browser.Chromium;
import confab.impairment.Impairment;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Whose call it is.
@NullMarked
enum Caller {
  CONFAB("Confab") {
    @Override
    PageCall call(Chromium browser, EdgeProcess edge, Optional<Impairment> impairment)
        throws Exception {
      return new ConfabCall(browser, edge, impairment);
    }
  },
  WEBRTC("WebRTC") {
    @Override
    PageCall call(Chromium browser, EdgeProcess edge, Optional<Impairment> impairment) {
      return new WebRtcCall(browser, edge, impairment);
    }
  };

  final String title;

  Caller(String title) {
    this.title = title;
  }

  /// The speaker speaks, and the listener is about to join.
  ///
  /// @param impairment of the listener's link; without, there is none in between
  abstract PageCall call(Chromium browser, EdgeProcess edge, Optional<Impairment> impairment)
      throws Exception;
}
