package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.DropReason;
import confab.protocol.CloseReason;
import confab.protocol.Frame;
import confab.protocol.Request;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way of frames through a room of one edge.
class FramesTest {
  private final TestClock now = new TestClock();
  private final Rooms rooms =
      new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), RoomLimits.defaults(), now, now);

  private Guest join(String user) {
    return Guest.join(rooms, "demo", user);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  void aFrameReachesEverybodyElseWithTheStampOfItsSession() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    Guest carol = join("carol");

    alice.speak(5);

    for (Guest each : List.of(bob, carol)) {
      assertThat(each.link().frames).hasSize(1);
      Frame frame = each.link().frames.getFirst();
      assertThat(frame.participant()).isEqualTo(alice.number());
      assertThat(frame.sequence()).isEqualTo(5);
      assertThat(frame.payload()).isEqualTo(Guest.OPUS);
    }
    assertThat(alice.link().frames).isEmpty();
  }

  @Test
  void roomsDoNotHearEachOther() {
    Guest alice = join("alice");
    Guest elsewhere = Guest.join(rooms, "other", "bob");
    alice.speak(1);
    assertThat(elsewhere.link().frames).isEmpty();
  }

  @Test
  void theMutedAreNotHeardAndTheDeafenedHearNothing() {
    Guest alice = join("alice");
    Guest bob = join("bob");

    alice.request(new Request.SetMuted(true));
    alice.speak(1);
    alice.request(new Request.SetMuted(false));
    bob.request(new Request.SetDeafened(true));
    alice.speak(2);
    bob.request(new Request.SetDeafened(false));
    alice.speak(3);

    assertThat(bob.link().frames).extracting(Frame::sequence).containsExactly(3);
    assertThat(drops(DropReason.MUTED)).isEqualTo(1);
  }

  @Test
  void whoFloodsTheRoomWithBundlesIsClosedWhateverIsInThem() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    int burst = Connection.FLOOD * RoomLimits.defaults().media().frames().burst();

    for (int i = 0; i < burst; i++) {
      alice.connection().onBundle(ByteBuffer.wrap(new byte[] {1}));
    }
    assertThat(alice.link().closed).isNull();
    alice.connection().onBundle(ByteBuffer.wrap(new byte[] {1}));

    assertThat(alice.link().closed).isEqualTo(CloseReason.RATE_LIMITED);
    assertThat(bob.link().closed).isNull();
  }

  @Test
  void whoFloodsTheEdgeBeforeEnteringIsClosed() {
    Guest alice = Guest.connect(rooms, "demo", "alice");
    for (int i = 0; i <= Connection.FLOOD * RoomLimits.defaults().media().frames().burst(); i++) {
      alice.connection().onBundle(ByteBuffer.wrap(new byte[] {1}));
    }
    assertThat(alice.link().closed).isEqualTo(CloseReason.RATE_LIMITED);
  }

  @Test
  void nobodyHearsWhoHasLeft() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    bob.connection().close(CloseReason.LEFT);
    alice.speak(1);
    assertThat(bob.link().frames).isEmpty();
  }

  @Test
  void theGoodFramesBeforeABadOneAreForwarded() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    byte[] good = new Frame(false, 0, 0, 1, 0, Guest.OPUS).toBundle();
    byte[] bundle = java.util.Arrays.copyOf(good, good.length + 9);

    alice.connection().onBundle(ByteBuffer.wrap(bundle));

    assertThat(bob.link().frames).hasSize(1);
    assertThat(drops(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void framesOfUnknownKindsAreLeftOutAndCounted() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    byte[] audio = new Frame(false, 0, 0, 1, 0, Guest.OPUS).toBundle();
    byte[] next = new Frame(false, 0, 0, 2, 0, Guest.OPUS).toBundle();
    byte[] other = audio.clone();
    other[0] |= 1 << 4;

    alice.connection().onBundle(join(audio, other, next));
    alice.connection().onBundle(ByteBuffer.wrap(other));

    assertThat(bob.link().bundles).isEqualTo(1);
    assertThat(bob.link().bytes).isEqualTo(audio.length + next.length);
    assertThat(bob.link().frames).extracting(Frame::sequence).containsExactly(1, 2);
    assertThat(drops(DropReason.UNKNOWN_KIND)).isEqualTo(2);
  }

  private static ByteBuffer join(byte[]... frames) {
    ByteBuffer bundle = ByteBuffer.allocate(Stream.of(frames).mapToInt(each -> each.length).sum());
    Stream.of(frames).forEach(bundle::put);
    return bundle.flip();
  }

  @Test
  void garbageIsDroppedAndCountedAndClosesNothing() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    var random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      byte[] garbage = new byte[random.nextInt(1500)];
      random.nextBytes(garbage);
      alice.connection().onBundle(ByteBuffer.wrap(garbage));
    }
    assertThat(drops(DropReason.OVERSIZED)).isPositive();
    assertThat(drops(DropReason.MALFORMED)).isPositive();
    assertThat(alice.link().closed).isNull();
    assertThat(bob.link().frames)
        .allSatisfy(frame -> assertThat(frame.participant()).isEqualTo(alice.number()));
  }

  @Test
  void aPublisherIsLimitedInFramesAndOthersAreNot() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    for (int i = 0; i < 300; i++) {
      alice.speak(i);
    }
    bob.speak(1);
    assertThat(bob.link().frames).hasSize(240);
    assertThat(drops(DropReason.RATE_LIMITED)).isEqualTo(60);
    assertThat(alice.link().frames).hasSize(1);

    now.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 300; i++) {
      alice.speak(i);
    }
    assertThat(bob.link().frames).hasSize(240 + 120);
  }

  @Test
  void aPublisherIsLimitedInBytes() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    byte[] large = new Frame(false, 0, 0, 1, 0, new byte[1184]).toBundle();
    for (int i = 0; i < 100; i++) {
      alice.connection().onBundle(ByteBuffer.wrap(large));
    }
    assertThat(bob.link().frames).hasSize(64_000 / 1200);
  }

  private long drops(DropReason reason) {
    return rooms.counters(Transport.WEBTRANSPORT).drops(reason);
  }
}
