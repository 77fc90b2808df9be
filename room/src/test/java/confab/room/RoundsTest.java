package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.DropReason;
import confab.frames.Forwarding;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which frames travel together, who waits for whom, and who is left out.
class RoundsTest {
  private static final Duration FRAME = Duration.ofMillis(20);
  private static final int VOICE = 0x80;

  /// After so many, one more speaker is tried.
  private static final int GOOD_REPORTS = 5;

  private final TestClock now = new TestClock();
  private final Rooms rooms =
      new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), RoomLimits.defaults(), now, now);
  private final Guest listener = join("listener");
  private final Guest alice = join("alice");
  private final Guest bob = join("bob");
  private int sequence;

  private Guest join(String user) {
    return Guest.join(rooms, "demo", user);
  }

  @BeforeEach
  void bothAreKnownToSpeak() {
    speakTogether(alice, bob);
    listener.link().frames.clear();
    listener.link().bundles = 0;
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  /// A frame of each, a tenth of a millisecond apart, and what is left of 20 ms.
  private void speakTogether(Guest... speakers) {
    for (Guest each : speakers) {
      each.speak(sequence, VOICE | 20);
      now.advance(Duration.ofNanos(100_000));
    }
    sequence++;
    now.advance(FRAME.minusNanos(speakers.length * 100_000L));
  }

  @Test
  void whoSpeaksAloneNeverWaits() {
    now.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      alice.speak(100 + i);
      assertThat(listener.link().bundles).isEqualTo(i + 1);
      now.advance(FRAME);
    }
  }

  @Test
  void theFramesOfARoundTravelTogetherAndNobodyGetsOnesOwn() {
    bob.link().frames.clear();
    for (int i = 0; i < 5; i++) {
      speakTogether(alice, bob);
    }

    assertThat(listener.link().bundles).isEqualTo(5);
    assertThat(listener.link().frames).hasSize(10);
    assertThat(bob.link().frames)
        .hasSize(5)
        .allMatch(frame -> frame.participant() == alice.number());
  }

  @Test
  void nobodyWaitsForWhoIsNotDueInTime() {
    now.advance(Duration.ofMillis(100));
    alice.speak(100);
    now.advance(Duration.ofMillis(10));
    bob.speak(100);
    for (int i = 1; i < 10; i++) {
      now.advance(Duration.ofMillis(10));
      alice.speak(100 + i);
      assertThat(listener.link().bundles).isEqualTo(2 * i + 1);
      now.advance(Duration.ofMillis(10));
      bob.speak(100 + i);
      assertThat(listener.link().bundles).isEqualTo(2 * i + 2);
    }
  }

  @Test
  void whoFallsSilentHoldsNobodyUpForLongerThanTheWindow() {
    alice.speak(100);
    assertThat(listener.link().frames).isEmpty();
    now.advance(Duration.ofMillis(2));
    rooms.flush();
    assertThat(listener.link().frames).hasSize(1);

    now.advance(Duration.ofMillis(38));
    alice.speak(101);
    now.advance(FRAME);
    alice.speak(102);
    assertThat(listener.link().frames).as("bob is not waited for any more").hasSize(3);
  }

  @Test
  void inACrowdThereIsOneRoundForEachFrameOfTheSpeakersWhateverTheirPhase() {
    for (int i = 0; i < Forwarding.CROWD; i++) {
      join("listener" + i);
    }
    now.advance(Duration.ofMillis(100));
    alice.speak(100);
    now.advance(Duration.ofMillis(8));
    bob.speak(100);
    listener.link().bundles = 0;
    for (int i = 1; i < 10; i++) {
      now.advance(Duration.ofMillis(12));
      alice.speak(100 + i);
      now.advance(Duration.ofMillis(8));
      bob.speak(100 + i);
      assertThat(listener.link().bundles).isEqualTo(i);
    }
  }

  @Test
  void framesThatComeInABurstDoNotSplitTheRound() {
    for (int i = 0; i < 4; i++) {
      alice.speak(100 + i);
    }
    assertThat(listener.link().frames).isEmpty();
    bob.speak(100);

    assertThat(listener.link().frames).hasSize(5);
    assertThat(listener.link().bundles).isEqualTo(1);
  }

  @Test
  void aRoundThatIsFullGoesOut() {
    Guest carol = join("carol");
    speakTogether(alice, bob, carol);
    listener.link().frames.clear();
    listener.link().bundles = 0;

    for (Guest each : List.of(alice, bob, carol)) {
      byte[] large = new Frame(false, 0, 0, sequence, 0, new byte[500]).toBundle();
      each.connection().onBundle(ByteBuffer.wrap(large));
    }
    now.advance(Duration.ofMillis(20));
    rooms.flush();

    assertThat(listener.link().frames).hasSize(3);
    assertThat(listener.link().bundles).isEqualTo(2);
  }

  @Test
  void aReceiverWhoseConnectionDropsIsSentFewerSpeakersAndMoreAgainWhenItIsWell() {
    speakTogether(alice, bob);
    listener.link().framesDropped = 20;
    listener.request(new Request.ReceiverReport(80, 20));
    listener.link().frames.clear();
    speakTogether(alice, bob);
    assertThat(listener.link().frames).as("after one stall").hasSize(2);

    listener.link().framesDropped = 40;
    listener.request(new Request.ReceiverReport(80, 20));
    listener.link().frames.clear();
    speakTogether(alice, bob);
    assertThat(listener.link().frames)
        .extracting(Frame::participant)
        .containsExactly(alice.number());

    for (int i = 0; i < GOOD_REPORTS; i++) {
      listener.request(new Request.ReceiverReport(50, 0));
    }
    listener.link().frames.clear();
    speakTogether(alice, bob);
    assertThat(listener.link().frames).hasSize(2);
  }

  @Test
  void stallsWithAGoodReportBetweenThemTakeNoSpeaker() {
    for (int stall = 1; stall <= 5; stall++) {
      speakTogether(alice, bob);
      listener.link().framesDropped = 20 * stall;
      listener.request(new Request.ReceiverReport(80, 20));
      listener.request(new Request.ReceiverReport(50, 0));
    }
    listener.link().frames.clear();
    speakTogether(alice, bob);
    assertThat(listener.link().frames).hasSize(2);
  }

  @Test
  void lossOnTheWayAloneTakesNoSpeakerFromTheReceiver() {
    listener.request(new Request.ReceiverReport(80, 20));
    speakTogether(alice, bob);
    assertThat(listener.link().frames).hasSize(2);
  }

  @Test
  void aLargeRoomHearsTheLoudestAndIsToldWhoTheyAre() {
    List<Guest> speakers = new ArrayList<>(List.of(alice, bob));
    for (int i = 0; i < 6; i++) {
      speakers.add(join("guest-" + i));
    }
    Guest[] everybody = speakers.toArray(Guest[]::new);
    for (int i = 0; i < 10; i++) {
      speakTogether(everybody);
    }
    rooms.sweep();

    assertThat(listener.link().frames)
        .extracting(Frame::participant)
        .containsOnly(speakers.stream().limit(5).map(Guest::number).toArray(Integer[]::new));
    assertThat(rooms.counters(Transport.WEBTRANSPORT).drops(DropReason.NOT_LOUDEST)).isEqualTo(30);
    assertThat(latestSpeakers())
        .containsExactlyInAnyOrderElementsOf(
            speakers.stream().limit(5).map(Guest::number).toList());
    assertThat(speakers.getLast().link().frames)
        .as("who is not forwarded hears all who are")
        .hasSize(50);

    now.advance(Duration.ofSeconds(1));
    rooms.sweep();
    assertThat(latestSpeakers()).isEmpty();
  }

  /// An IPv6 host may have any address of its /64.
  @Test
  void manyOfOneNetworkLeavePlacesForOthersWhoSpeak() throws UnknownHostException {
    Guest[] many = new Guest[7];
    for (int i = 0; i < many.length; i++) {
      InetAddress address = InetAddress.getByName("2001:db8::" + (i + 1));
      many[i] = Guest.joinFrom(address, rooms, "demo", "one-of-many-" + i);
    }
    InetAddress address = InetAddress.getByName("2001:db8:0:1::1");
    Guest another = Guest.joinFrom(address, rooms, "demo", "another");
    for (int i = 0; i < 10; i++) {
      speakTogether(many);
    }
    listener.link().frames.clear();
    another.speak(sequence, VOICE | 40);
    for (int i = 0; i < 10; i++) {
      speakTogether(many);
    }

    assertThat(listener.link().frames).extracting(Frame::participant).contains(another.number());
  }

  @Test
  void aReportThatCannotBeTrueIsCounted() {
    listener.request(new Request.ReceiverReport(4, 0));
    listener.request(new Request.ReceiverReport(1_000, 1_000));
    assertThat(rooms.counters(Transport.WEBTRANSPORT).reportsIgnored()).isEqualTo(1);
  }

  @Test
  void whoLeavesMakesPlaceForAnother() {
    List<Guest> speakers = new ArrayList<>(List.of(alice, bob));
    for (int i = 0; i < 7; i++) {
      speakers.add(join("guest-" + i));
    }
    Guest last = speakers.getLast();
    for (int i = 0; i < 3; i++) {
      speakTogether(speakers.toArray(Guest[]::new));
    }
    alice.connection().close(CloseReason.LEFT);
    listener.link().frames.clear();
    speakTogether(last);
    rooms.flush();

    assertThat(listener.link().frames)
        .extracting(Frame::participant)
        .containsExactly(last.number());
  }

  private List<Integer> latestSpeakers() {
    return listener.link().eventsOf(Event.Speakers.class).getLast().numbers();
  }
}
