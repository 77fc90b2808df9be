package confab.bench.webrtc;

import com.google.gson.JsonObject;
import confab.bench.listener.BadLink;
import confab.bench.suite.Rooms;
import confab.rig.browser.Chromium;
import confab.rig.browser.SessionApi;
import confab.rig.impairment.ImpairedLink;
import confab.rig.impairment.Impairment;
import confab.rig.process.EdgeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A call as people have it on our page, through an edge. The speaker is in it already.
final class ConfabCall extends PageCall {
  /// Nothing is to be heard but who speaks.
  private static final String NO_CHIMES =
      "() => localStorage.setItem('confab.sound', JSON.stringify({ chimes: false }))";

  /// As long as a hand takes from reaching the button to pressing it, or longer.
  static final Duration REACHING = Duration.ofMillis(150);

  private final @Nullable BadLink link;

  ConfabCall(Chromium browser, EdgeProcess edge, Optional<Impairment> impairment)
      throws IOException, InterruptedException {
    super(browser.newTab(), browser.newTab());
    String room = edge.url() + "/meeting/%s/" + Rooms.fresh();
    link = impairment.isPresent() ? new BadLink(edge, impairment.get()) : null;
    speaker.join(room.formatted("speaker"));
    speaker.page().evaluate(NO_CHIMES);
    if (link != null) {
      SessionApi.dial(listener.page(), link.udpPort(), link.tcpPort());
    }
    listener.page().navigate(room.formatted("listener"));
    listener.button("Join").waitFor();
  }

  @Override
  void join() {
    listener.button("Join").hover();
    listener.page().waitForTimeout(REACHING.toMillis());
    listener
        .button("Join")
        .evaluate("(button) => { instruments.pressed = instruments.now(); button.click(); }");
    listener.button("Leave").waitFor();
    listener.page().keyboard().press("m");
    listener.page().waitForFunction("() => instruments.figures !== null");
  }

  @Override
  Concealment concealment() {
    JsonObject figures = PageCall.json(listener, "() => instruments.figures").getAsJsonObject();
    return new Concealment(
        figures.get("played").getAsDouble(), figures.get("concealed").getAsDouble());
  }

  @Override
  void change(Consumer<ImpairedLink> change) {
    if (link != null) {
      link.change(change);
    }
  }

  @Override
  public void close() {
    super.close();
    if (link != null) {
      link.close();
    }
  }
}
