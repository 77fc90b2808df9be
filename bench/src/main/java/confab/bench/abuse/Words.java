package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import confab.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/// What is done with control messages.
final class Words {
  private static final int SPEAKING = 7;

  /// With the call a crowd, to which changes are told together.
  private static final int LISTENING = 50;

  /// Four bytes each in UTF-8.
  private static final String WIDE = "😀";

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private Words() {}

  /// Hostile clients have the edge send more than slow listeners take, who are then closed.
  static Outcome texts(Target target) throws Exception {
    String text = WIDE.repeat(1_000);
    return everybody(target, 40, _ -> new Request.Say(text));
  }

  /// The same with names, each of which everybody is told of.
  static Outcome renames(Target target) throws Exception {
    String name = WIDE.repeat(60);
    return everybody(target, 100, index -> new Request.Rename(name + index));
  }

  private static Outcome everybody(Target target, int count, IntFunction<Request> request)
      throws Exception {
    List<HostileSocket> listeners = new ArrayList<>();
    List<HostileSocket> hostile = new ArrayList<>();
    String room = target.call().room();
    try {
      for (int i = 0; i < LISTENING; i++) {
        listeners.add(HostileSocket.open(Target.address(i), target, room, "guest" + i).enter());
      }
      for (int i = 0; i < SPEAKING; i++) {
        hostile.add(HostileSocket.open(Target.oneAddress(), target, room, "h" + i).enter());
      }
      Target.Clock clock = target.begin();
      for (int i = 0; i < count; i++) {
        Request each = request.apply(i);
        hostile.forEach(socket -> socket.request(each));
      }
      clock.await();
      Tally seated = Tally.of(listeners);
      return new Outcome(
          "%s; of the listeners %s".formatted(Tally.of(hostile), seated),
          seated.count(HostileSocket.OPEN) == LISTENING);
    } finally {
      listeners.forEach(HostileSocket::close);
      hostile.forEach(HostileSocket::close);
    }
  }

  /// A hostile client makes the edge read and answer as much as it can send.
  static Outcome requests(Target target) throws Exception {
    Target.Clock clock = target.begin();
    long start = System.nanoTime();
    try (HostileSocket socket = join(target)) {
      int sent = 0;
      while (clock.runs() && socket.request(new Request.WhoAmI())) {
        sent++;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String fate = socket.awaitFate(FAREWELL);
      clock.await();
      return Voices.flooded(fate, sent, seconds);
    }
  }

  /// A hostile client looks for bytes that an edge does not survive.
  static Outcome garbage(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var random = new Random(14);
    var tally = new Tally();
    while (clock.runs()) {
      try (HostileSocket socket = join(target)) {
        byte[] bytes = new byte[1 + random.nextInt(Request.MAX_BYTES)];
        do {
          random.nextBytes(bytes);
        } while (socket.control(bytes) && clock.runs());
        tally.add(socket.awaitFate(FAREWELL));
      }
      Thread.sleep(10);
    }
    return new Outcome(tally.toString(), tally.count(HostileSocket.OPEN) == 0);
  }

  private static HostileSocket join(Target target) {
    return HostileSocket.open(Target.oneAddress(), target, target.call().room(), "h").enter();
  }
}
