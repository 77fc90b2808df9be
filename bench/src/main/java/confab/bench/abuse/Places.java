package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// What is taken that an edge has only so many of, and what is asked for too often.
final class Places {
  private static final String NEW_ROOM = "POST /api/v1/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final String LOOK_UP =
      "GET /api/v1/rooms/quiet-otter-%d HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final int SESSIONS = 300;
  private static final int GHOSTS = 200;
  private static final int ROOMS = 2_000;
  private static final int ROOM_ADDRESSES = 100;

  private Places() {}

  /// A hostile client takes all sessions of an edge.
  static Outcome sessions(Target target) throws Exception {
    Target.Clock clock = target.begin();
    List<HostileSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < SESSIONS; i++) {
        sockets.add(join(target, i));
      }
      clock.await();
      Tally tally = Tally.of(sockets);
      return new Outcome(tally.toString(), tally.count(HostileSocket.OPEN) < SESSIONS);
    } finally {
      sockets.forEach(HostileSocket::close);
    }
  }

  /// A hostile client fills a room with people who are away.
  static Outcome ghosts(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var tally = new Tally();
    for (int i = 0; i < GHOSTS; i++) {
      try (HostileSocket ghost = join(target, i)) {
        tally.add(ghost.isOpen() ? "came and went" : ghost.fate());
      }
    }
    clock.await();
    return new Outcome(tally.toString(), tally.count("came and went") < GHOSTS);
  }

  private static HostileSocket join(Target target, int index) {
    return HostileSocket.open(Target.oneAddress(), target, target.call().room(), "p" + index)
        .enter();
  }

  /// Hostile clients take all rooms of an edge, or its memory.
  static Outcome rooms(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var tally = new Tally();
    for (int i = 0; i < ROOMS && clock.runs(); i++) {
      tally.add(Tcp.answer(Target.address(i % ROOM_ADDRESSES), target.http(), NEW_ROOM));
    }
    clock.await();
    return new Outcome(tally.toString(), true);
  }

  /// A hostile client looks for rooms to listen to.
  static Outcome guesses(Target target) throws Exception {
    Target.Clock clock = target.begin();
    var tally = new Tally();
    while (clock.runs()) {
      try (Socket socket = Tcp.connect(Target.oneAddress(), target.http())) {
        guess(socket, clock, tally);
      } catch (IOException e) {
        tally.add(HostileSocket.CUT);
        Thread.sleep(10);
      }
    }
    double answered = tally.count("404") / (double) target.length().toSeconds();
    return new Outcome("%s; %.0f guesses/s".formatted(tally, answered), answered < 100);
  }

  private static void guess(Socket socket, Target.Clock clock, Tally tally) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    while (clock.runs()) {
      tally.add(String.valueOf(Tcp.status(socket, in, LOOK_UP.formatted(tally.sum()))));
    }
  }
}
