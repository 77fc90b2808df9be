package confab.bench.webrtc;

import confab.rig.browser.Chromium;
import confab.rig.impairment.Impairment;
import confab.rig.process.EdgeProcess;
import java.util.Optional;

/// Whose call it is.
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
