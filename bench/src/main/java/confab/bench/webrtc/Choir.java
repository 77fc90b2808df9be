package confab.bench.webrtc;

import com.microsoft.playwright.Page;
import confab.bench.listener.Speaker;
import confab.bench.suite.Rooms;
import confab.codec.SpeechEncoder;
import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.EdgeProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Ten who speak all the time to one page, from elsewhere than its browser.
final class Choir {
  static final int SIZE = 10;

  private static final int SECONDS = 6;
  private static final double PITCH_HZ = 150;
  private static final int FRAME_SAMPLES = 960;

  private Choir() {}

  /// The page joins a room of an edge in which ten speak.
  ///
  /// @param open what is to be closed afterwards, last first
  static void confab(Tab listener, EdgeProcess edge, List<AutoCloseable> open)
      throws JoinException {
    List<byte[]> speech = speech();
    String room = Rooms.fresh();
    for (int i = 0; i < SIZE; i++) {
      var config = new SessionConfig(edge.url(), room, "speaker-" + i, Transport.WEBSOCKET);
      Session joined = Session.join(config, new SessionListener() {});
      open.add(joined);
      open.add(
          Speaker.start(
              joined, (sequence, _) -> speech.get(Math.floorMod(sequence, speech.size()))));
    }
    listener.join(edge.url() + "/meeting/listener/" + room);
    listener.page().keyboard().press("m");
  }

  private static List<byte[]> speech() {
    short[] samples = new Voice(PITCH_HZ).speak(SECONDS);
    var encoder = new SpeechEncoder(SpeechEncoder.DEFAULT_BITRATE);
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < samples.length; from += FRAME_SAMPLES) {
      frames.add(encoder.encode(Arrays.copyOfRange(samples, from, from + FRAME_SAMPLES)));
    }
    return frames;
  }

  /// The page takes ten connections from a page of another browser.
  static void webRtc(Page listener, Chromium speakers, EdgeProcess edge) {
    Page speaker = WebRtcCall.page(speakers, edge).page();
    speaker.evaluate("() => webrtc.speak()");
    for (int i = 0; i < SIZE; i++) {
      WebRtcCall.connect(listener, speaker, false, UnaryOperator.identity());
    }
    listener.waitForFunction("() => webrtc.connected()");
  }
}
