package confab.bench.abuse;

import confab.bench.suite.Rooms;
import confab.participant.EdgeFinder;
import confab.participant.SessionConfig;
import confab.protocol.address.EdgeAddress;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/// The edge that an attack is aimed at, and the call beside it.
///
/// @param site in which further programs may be started
/// @param url of its API
/// @param length of the attack
record Target(
    Site site,
    String url,
    InetSocketAddress http,
    InetSocketAddress https,
    InetSocketAddress quic,
    Call call,
    Duration length) {
  private static final Duration LOOK = Duration.ofMillis(20);

  /// @param httpsPort which the edge was given
  static Target of(Site site, EdgeProcess edge, int httpsPort, Call call, Duration length)
      throws IOException {
    EdgeAddress address =
        EdgeFinder.find(new SessionConfig(edge.url(), Rooms.fresh(), "nobody")).edges().getFirst();
    URI webTransport = Objects.requireNonNull(address.webTransport());
    return new Target(
        site,
        edge.url(),
        onLoopback(edge.port()),
        onLoopback(httpsPort),
        onLoopback(webTransport.getPort()),
        call,
        length);
  }

  /// The same for another time.
  Target lasting(Duration newLength) {
    return new Target(site, url, http, https, quic, call, newLength);
  }

  private static InetSocketAddress onLoopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// The address of an attacker who has one.
  static InetAddress oneAddress() {
    return InetAddress.ofLiteral("127.0.0.66");
  }

  /// One of many addresses.
  static InetAddress address(int index) {
    return InetAddress.ofLiteral("127.1." + index / 250 + "." + (1 + index % 250));
  }

  Clock begin() {
    return new Clock(System.nanoTime() + length.toNanos());
  }

  /// Tells an attack when it is over.
  ///
  /// @param end by [System#nanoTime]
  record Clock(long end) {
    /// Something that is done again and again.
    interface Deed {
      void run(int index) throws Exception;
    }

    boolean runs() {
      return System.nanoTime() - end < 0;
    }

    /// Waits for the end.
    void await() throws InterruptedException {
      long rest = end - System.nanoTime();
      if (rest > 0) {
        Thread.sleep(Duration.ofNanos(rest));
      }
    }

    /// Does it so often a second, and makes up for what was late.
    void pace(double perSecond, Deed deed) throws Exception {
      long start = System.nanoTime();
      for (int done = 0; runs(); ) {
        double due = (System.nanoTime() - start) / 1e9 * perSecond;
        for (; done < due; done++) {
          deed.run(done);
        }
        Thread.sleep(Math.min(LOOK.toMillis(), (long) Math.ceil(1000 / perSecond)));
      }
    }
  }
}
