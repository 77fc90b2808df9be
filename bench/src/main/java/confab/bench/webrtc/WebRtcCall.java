package confab.bench.webrtc;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.impairment.ImpairedLink;
import confab.rig.impairment.ImpairedUdp;
import confab.rig.impairment.Impairment;
import confab.rig.process.EdgeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plain RTCPeerConnection from one tab to another, with no server between them.
final class WebRtcCall extends PageCall {
  /// RFC 8839 §5.1: foundation, component, transport, priority, address, port.
  private static final Pattern CANDIDATE =
      Pattern.compile("(a=candidate:\\S+ 1 udp \\S+ 127\\.0\\.0\\.1 )(\\d+)( .*)");

  private final Optional<Impairment> impairment;
  private @Nullable ImpairedUdp link;

  /// @param edge whose origin the pages have
  WebRtcCall(Chromium browser, EdgeProcess edge, Optional<Impairment> impairment) {
    super(page(browser, edge), page(browser, edge));
    this.impairment = impairment;
    speaker.page().evaluate("() => webrtc.speak()");
  }

  static Tab page(Chromium browser, EdgeProcess edge) {
    Tab tab = browser.newTab();
    tab.page().route("**/instruments/*", PageCall::serve);
    tab.page().navigate(edge.url() + "/instruments/webrtc.html");
    return tab;
  }

  @Override
  void join() {
    if (impairment.isEmpty()) {
      listener.page().evaluate("() => webrtc.join()");
    } else {
      connect(listener.page(), speaker.page(), true, this::detour);
    }
    listener.page().waitForFunction("() => webrtc.connected()");
  }

  /// Carries offer and answer.
  ///
  /// @param detour what becomes of the answer on the way
  static void connect(
      Page listener, Page speaker, boolean withMicrophone, UnaryOperator<String> detour) {
    Object offer = listener.evaluate("(microphone) => webrtc.offer(microphone)", withMicrophone);
    String answer = (String) speaker.evaluate("(sdp) => webrtc.answer(sdp)", offer);
    listener.evaluate("(sdp) => webrtc.accept(sdp)", detour.apply(answer));
  }

  /// The answer with the bad link as the only address, which leads to where the answerer is.
  private String detour(String sdp) {
    Matcher candidate = CANDIDATE.matcher(sdp);
    if (!candidate.find()) {
      throw new IllegalStateException("no candidate on the loopback address");
    }
    int port = Integer.parseInt(candidate.group(2));
    try {
      link =
          new ImpairedUdp(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              impairment.orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String only = candidate.group(1) + link.port() + candidate.group(3);
    String others =
        sdp.lines()
            .filter(line -> !line.startsWith("a=candidate:"))
            .collect(Collectors.joining("\r\n"));
    return others + "\r\n" + only + "\r\n";
  }

  @Override
  Concealment concealment() {
    JsonObject said = PageCall.json(listener, "() => webrtc.concealment()").getAsJsonObject();
    return new Concealment(said.get("played").getAsDouble(), said.get("concealed").getAsDouble());
  }

  @Override
  void change(Consumer<ImpairedLink> change) {
    if (link != null) {
      change.accept(link);
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
