package confab.webtransport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import confab.webtransport.engine.Handshakes.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HandshakesTest {
  private static final long OURS = 0x0102030405060708L;
  private static final long THEIRS = 0x1112131415161718L;

  private final Handshakes handshakes = new Handshakes(true);
  private long now = 1;

  @Test
  void aFewOfOneHostAreLetInAndThenAskedAndSomeWhoProveItAreLetIn() {
    for (int i = 0; i < EngineLimits.MAX_UNPROVEN_PER_HOST; i++) {
      assertThat(begin(host(1, i), false)).isEqualTo(Verdict.LET_IN);
    }
    assertThat(begin(host(1, 1000), false)).isEqualTo(Verdict.ASK);
    assertThat(begin(host(2, 1000), false)).isEqualTo(Verdict.LET_IN);
    int proven = EngineLimits.MAX_HALF_OPEN_PER_HOST - EngineLimits.MAX_UNPROVEN_PER_HOST;
    for (int i = 0; i < proven; i++) {
      assertThat(begin(host(1, 2000 + i), true)).isEqualTo(Verdict.LET_IN);
    }
    assertThat(begin(host(1, 1000), true)).isEqualTo(Verdict.REFUSE);
    assertThat(begin(host(2, 1000), true)).isEqualTo(Verdict.LET_IN);
  }

  @Test
  void manyHostsAreAskedAndWhoProvesItIsLetIn() {
    for (int i = 0; i < EngineLimits.MAX_UNPROVEN; i++) {
      assertThat(begin(host(i, 1), false)).isEqualTo(Verdict.LET_IN);
    }
    assertThat(begin(host(10_000, 1), false)).isEqualTo(Verdict.ASK);
    assertThat(begin(host(10_000, 1), true)).isEqualTo(Verdict.LET_IN);
  }

  @Test
  void whereNobodyCanBeAskedAllPlacesAreForAnybody() {
    var mute = new Handshakes(false);
    for (int i = 0; i < EngineLimits.MAX_HALF_OPEN; i++) {
      assertThat(mute.hear(host(i, 1), toEdge(THEIRS), false, now)).isEqualTo(Verdict.LET_IN);
    }
    assertThat(mute.hear(host(10_000, 1), toEdge(THEIRS), false, now)).isEqualTo(Verdict.REFUSE);
  }

  @Test
  void placesAreFreeWhenThereIsASessionOrNoneInTime() {
    for (int i = 0; i < EngineLimits.MAX_UNPROVEN_PER_HOST; i++) {
      begin(host(1, i), false);
    }
    handshakes.completed(host(1, 0));
    handshakes.completed(host(1, 0));
    assertThat(begin(host(1, 1000), false)).isEqualTo(Verdict.LET_IN);
    assertThat(begin(host(1, 1001), false)).isEqualTo(Verdict.ASK);

    now += EngineLimits.HALF_OPEN_AGE.toNanos() + 1;
    for (int i = 0; i < EngineLimits.MAX_UNPROVEN_PER_HOST; i++) {
      assertThat(begin(host(1, 2000 + i), false)).isEqualTo(Verdict.LET_IN);
    }
    assertThat(begin(host(1, 3000), false)).isEqualTo(Verdict.ASK);
  }

  @Test
  void threeTimesWhatCameIsSentUntilTheyUseTheIdThatWeChose() {
    InetSocketAddress client = host(1, 1);
    begin(client, false);
    assertThat(sent(client, 10)).isEqualTo(3);
    begin(client, false);
    assertThat(sent(client, 10)).isEqualTo(3);

    handshakes.hear(client, toEdge(OURS), false, now);
    assertThat(sent(client, 10)).isEqualTo(10);
  }

  @Test
  void whoHasProvenItsAddressIsNoLongerOneOfTheUnproven() {
    for (int i = 0; i < EngineLimits.MAX_UNPROVEN_PER_HOST; i++) {
      begin(host(1, i), false);
      sent(host(1, i), 1);
      handshakes.hear(host(1, i), toEdge(OURS), false, now);
    }
    assertThat(begin(host(1, 1000), false)).isEqualTo(Verdict.LET_IN);
  }

  private Verdict begin(InetSocketAddress from, boolean token) {
    return handshakes.hear(from, toEdge(THEIRS), token, now);
  }

  /// How many of so many packets may be sent.
  private int sent(InetSocketAddress to, int packets) {
    int sent = 0;
    for (int i = 0; i < packets; i++) {
      sent += handshakes.maySend(to, packet(THEIRS, OURS)) ? 1 : 0;
    }
    return sent;
  }

  private static InetSocketAddress host(int host, int port) {
    return new InetSocketAddress(
        InetAddress.ofLiteral("10.0." + host / 256 + "." + host % 256), port + 1);
  }

  private static ByteBuffer toEdge(long destination) {
    return packet(destination, THEIRS);
  }

  private static ByteBuffer packet(long destination, long source) {
    return ByteBuffer.allocate(1200)
        .put((byte) 0xc0)
        .putInt(1)
        .put((byte) 8)
        .putLong(destination)
        .put((byte) 8)
        .putLong(source)
        .rewind();
  }
}
