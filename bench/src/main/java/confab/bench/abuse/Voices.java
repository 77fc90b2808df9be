package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import confab.bench.suite.Series;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.CloseReason;
import confab.protocol.Frame;
import confab.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is done with media, and with reports of them.
final class Voices {
  /// With the four of the call more than a room has before it forwards only the loudest.
  private static final int MANY = 6;

  private static final int LOUDEST = Frame.VOICE;
  private static final int FRAME_TICKS = 960;
  private static final int PAYLOAD_BYTES = 80;
  private static final int DATAGRAMS_PER_SECOND = 10_000;

  /// A frame may be on its way when its sender is closed.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private Voices() {}

  /// Hostile clients take the places of the loudest, and say nothing there.
  static Outcome liars(Target target) throws Exception {
    return speak(target, 1, 2.5);
  }

  /// Hostile clients are louder than everybody else.
  static Outcome shouters(Target target) throws Exception {
    return speak(target, PAYLOAD_BYTES, 50);
  }

  private static Outcome speak(Target target, int bytes, double perSecond) throws Exception {
    List<HostileSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        sockets.add(join(target, "v" + i));
      }
      target
          .begin()
          .pace(perSecond, index -> sockets.forEach(each -> each.send(bundle(index, bytes))));
      return new Outcome(Tally.of(sockets).toString(), true);
    } finally {
      sockets.forEach(HostileSocket::close);
    }
  }

  private static HostileSocket join(Target target, String user) {
    return HostileSocket.open(Target.oneAddress(), target, target.call().room(), user).enter();
  }

  private static Frame frame(int sequence, int bytes) {
    return new Frame(false, LOUDEST, 0, sequence, sequence * FRAME_TICKS, new byte[bytes]);
  }

  private static byte[] bundle(int sequence, int bytes) {
    return frame(sequence, bytes).toBundle();
  }

  /// A hostile client makes the edge read and drop as much as it can send.
  static Outcome floodOverWebSocket(Target target) throws Exception {
    Target.Clock clock = target.begin();
    long start = System.nanoTime();
    try (HostileSocket socket = join(target, "flood")) {
      int sent = 0;
      while (clock.runs() && socket.send(bundle(sent, PAYLOAD_BYTES))) {
        sent++;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String fate = socket.awaitFate(FAREWELL);
      clock.await();
      return flooded(fate, sent, seconds);
    }
  }

  /// The same with datagrams; more a second would wait in the client.
  static Outcome floodOverWebTransport(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var config =
        new SessionConfig(target.url(), target.call().room(), "flood", Transport.WEBTRANSPORT)
            .withPatience(Duration.ZERO);
    try (Session session = Session.join(config, new SessionListener() {})) {
      long start = System.nanoTime();
      int sent = 0;
      for (; clock.runs() && session.isOpen(); Thread.sleep(1)) {
        double due = (System.nanoTime() - start) / 1e9 * DATAGRAMS_PER_SECOND;
        for (; sent < due && session.isOpen(); sent++) {
          boolean _ = session.send(frame(sent, PAYLOAD_BYTES));
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String fate =
          session
              .awaitEnding(FAREWELL)
              .map(how -> how.reason().map(CloseReason::wireName).orElse(HostileSocket.CUT))
              .orElse(HostileSocket.OPEN);
      clock.await();
      return flooded(fate, sent, seconds);
    }
  }

  /// Who floods has to be closed, and told why.
  static Outcome flooded(String fate, int sent, double seconds) {
    return new Outcome(
        "%s after %s s and %d sent".formatted(fate, Series.render(1, seconds), sent),
        fate.equals(CloseReason.RATE_LIMITED.wireName()));
  }

  /// A hostile listener makes speakers turn their quality down for everybody.
  static Outcome reports(Target target) throws Exception {
    try (HostileSocket liar = join(target, "liar")) {
      target.begin().pace(1, _ -> liar.request(new Request.ReceiverReport(20, 80)));
      int told = target.call().worstToldLoss();
      return new Outcome(
          "%s; speakers were told of %d ‰ at most".formatted(liar.fate(), told), told < 800);
    }
  }
}
