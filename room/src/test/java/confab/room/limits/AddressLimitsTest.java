package confab.room.limits;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.Rate;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

  private final AddressRates rates = new AddressRates(new Rate(1, 5));
  private final AddressPlaces places = new AddressPlaces(2);
  private long now = 1;

  @Test
  void anAddressHasItsBurstAndThenItsRateAndOthersHaveTheirs() {
    assertThat(taken(HOST, 10)).isEqualTo(5);
    assertThat(taken(OTHER, 10)).isEqualTo(5);
    // Both have tried too early, and wait for as long as anybody has to.
    pass(Duration.ofSeconds(5));
    assertThat(taken(HOST, 10)).isEqualTo(5);
  }

  @Test
  void whoWaitsAsToldGetsInAndNothingIsLonger() {
    assertThat(taken(HOST, 5)).isEqualTo(5);
    for (int i = 0; i < 20; i++) {
      long wait = rates.take(HOST, now);
      assertThat(wait).isEqualTo(Duration.ofSeconds(1).toNanos());
      now += wait;
      assertThat(rates.take(HOST, now)).isZero();
    }
  }

  @Test
  void everyEarlyTryMakesTheWaitLongerUpToABound() {
    assertThat(taken(HOST, 5)).isEqualTo(5);
    long before = rates.take(HOST, now);
    for (int i = 0; i < 8; i++) {
      long wait = rates.take(HOST, now);
      assertThat(wait).isGreaterThan(before);
      before = wait;
    }
    taken(HOST, 1_000);
    assertThat(rates.nanosUntilNext(HOST, now)).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aFloodDoesNotShutOutAnAddressForGood() {
    int admitted = 0;
    for (int i = 0; i < 6_000; i++) {
      pass(Duration.ofMillis(10));
      admitted += taken(HOST, 1);
    }
    // The burst, and what a minute adds at one a second.
    assertThat(admitted).isBetween(50, 66);
  }

  @Test
  void aHostOfIpv6IsItsPrefixAndASiteHasSomeHostsWorth() {
    int admitted = 0;
    for (int host = 0; host < 10; host++) {
      for (int i = 0; i < 10; i++) {
        admitted += taken(InetAddress.ofLiteral("2001:db8:1:" + host + "::" + i), 1);
      }
    }
    assertThat(admitted).isEqualTo(5 * Network.HOSTS_PER_SITE);
    assertThat(taken(InetAddress.ofLiteral("2001:db8:1:9::1"), 1)).isZero();
    assertThat(taken(InetAddress.ofLiteral("2001:db8:2::1"), 1)).isOne();
  }

  @Test
  void placesAreCountedUntilTheyAreGivenBack() {
    assertThat(takePlace(HOST)).isTrue();
    assertThat(takePlace(HOST)).isTrue();
    assertThat(takePlace(HOST)).isFalse();
    assertThat(takePlace(OTHER)).isTrue();
    places.free(HOST);
    assertThat(takePlace(HOST)).isTrue();
  }

  @Test
  void placesOfASiteAreSomeHostsWorth() {
    int admitted = 0;
    for (int host = 0; host < 10; host++) {
      admitted += takePlace(InetAddress.ofLiteral("2001:db8:1:" + host + "::1")) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(2 * Network.HOSTS_PER_SITE);
    for (int host = 0; host < 2 * Network.HOSTS_PER_SITE; host++) {
      places.free(InetAddress.ofLiteral("2001:db8:1:" + host + "::1"));
    }
    assertThat(places.taken(InetAddress.ofLiteral("2001:db8:1::1"))).isZero();
    assertThat(places.hasPlace(InetAddress.ofLiteral("2001:db8:1:9::1"), false)).isTrue();
  }

  @Test
  void whoHasAPlaceMayTakeAFewMore() {
    assertThat(takePlace(HOST)).isTrue();
    assertThat(takePlace(HOST)).isTrue();
    assertThat(places.hasPlace(HOST, true)).isTrue();
    places.add(HOST);
    assertThat(places.hasPlace(HOST, true)).isFalse();
  }

  private boolean takePlace(InetAddress address) {
    boolean free = places.hasPlace(address, false);
    if (free) {
      places.add(address);
    }
    return free;
  }

  private int taken(InetAddress address, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take(address, now) == 0 ? 1 : 0;
    }
    return taken;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
