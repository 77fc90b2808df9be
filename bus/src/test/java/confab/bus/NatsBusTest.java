package confab.bus;

import static confab.bus.Bus.Channel.MEDIA;
import static confab.bus.Bus.Channel.PRESENCE;
import static confab.bus.Inbox.bytes;
import static confab.bus.Inbox.meet;
import static confab.bus.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus.Attachment;
import confab.bus.Bus.Offer;
import confab.protocol.RoomId;
import confab.rig.process.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NatsBusTest extends BusContract {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));

  @SuppressWarnings("NullAway.Init")
  private static NatsServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = NatsServer.started();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  Bus connect() {
    return connect("edge");
  }

  private static Bus connect(String name) {
    return NatsBus.connect(
        new NatsConfig(
            List.of(server.uri()), new NatsConfig.Login.Anonymous(), NatsConfig.Tls.DEFAULT, name));
  }

  @Test
  void whatComesOnAnUnknownChannelIsIgnored() throws Exception {
    var atB = new Inbox();
    try (Bus busA = connect();
        Bus busB = connect();
        Connection stranger = Nats.connect(server.uri().toString())) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(DEMO, atB);
      meet(a, atB);

      stranger.publish("confab.room.demo.video", new byte[] {1, 2, 3});
      stranger.publish("confab.room.demo.MEDIA", new byte[0]);
      stranger.publish("confab.room.demo", new byte[0]);
      stranger.publish("confab.room.demo.media.more", new byte[0]);

      soon().untilAsserted(() -> assertThat(busB.stats().droppedIn()).isEqualTo(2));
      a.publish(MEDIA, bytes("after"));
      soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("after"));
    }
  }

  @Test
  void aMessageLargerThanTheServerTakesIsDroppedAndNothingBreaks() throws Exception {
    var atB = new Inbox();
    try (Bus busA = connect();
        Bus busB = connect()) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(DEMO, atB);
      meet(a, atB);
      long before = busA.stats().droppedOut();

      assertThat(a.publish(PRESENCE, new byte[(1 << 20) + 1])).isEqualTo(Offer.DROPPED);
      assertThat(a.publish(PRESENCE, new byte[1 << 20])).isEqualTo(Offer.ACCEPTED);
      assertThat(a.publish(PRESENCE, bytes("after"))).isEqualTo(Offer.ACCEPTED);

      soon().untilAsserted(() -> assertThat(atB.messages).hasSize(2).contains("after"));
      assertThat(busA.stats().disconnects()).isZero();
      assertThat(busA.stats().droppedOut()).isEqualTo(before + 1);
    }
  }

  @Test
  void aSlowReceiverMissesTheOldestMediaAndNoPresence() throws Exception {
    var atB = new Inbox();
    var atC = new Inbox();
    var goOn = new CountDownLatch(1);
    try (Bus busA = connect();
        Bus busB = connect();
        Bus busC = connect()) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(DEMO, stoppedByTheWord("stop", goOn, atB));
      busC.attach(DEMO, atC);
      meet(a, atB, atC);

      a.publish(MEDIA, bytes("stop"));
      soon().until(() -> atB.messages.contains("stop"));
      for (int i = 0; i < 1000; i++) {
        a.publish(i % 10 == 0 ? PRESENCE : MEDIA, bytes(String.valueOf(i)));
      }
      // Long enough for audio to be too old.
      soon().pollDelay(Duration.ofMillis(200)).until(() -> atC.messages.contains("999"));
      goOn.countDown();

      soon().until(() -> atB.messages.contains("999"));
      assertThat(atB.messages).containsAll(everyTenth(1000));
      assertThat(atB.messages).doesNotContain("1", "9", "99").contains("998");
      long heard = atB.channels.stream().filter(MEDIA::equals).count();
      assertThat(heard).isLessThan(500);
      assertThat(busB.stats().droppedIn()).isEqualTo(901 - heard);
    }
  }

  /// Even of presence there is an end, so that memory has one.
  @Test
  void whatComesForAReceiverThatHangsIsBounded() throws Exception {
    var atB = new Inbox();
    var atC = new Inbox();
    var goOn = new CountDownLatch(1);
    try (Bus busA = connect();
        Bus busB = connect();
        Bus busC = connect()) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(DEMO, stoppedByTheWord("stop", goOn, atB));
      busC.attach(DEMO, atC);
      meet(a, atB, atC);

      a.publish(PRESENCE, bytes("stop"));
      byte[] large = new byte[1 << 20];
      for (int sent = 0; sent < 20; ) {
        if (a.publish(PRESENCE, large) == Offer.ACCEPTED) {
          sent++;
        }
      }
      soon().until(() -> busB.stats().droppedIn() >= 3);
      goOn.countDown();

      soon().until(() -> atB.messages.size() + busB.stats().droppedIn() == 21);
      soon().until(() -> atC.messages.size() == 21);
    }
  }

  @Test
  void aReceiverThatThrowsGoesOnReceiving() throws Exception {
    var atB = new Inbox();
    try (var log = new LogLines();
        Bus busA = connect();
        Bus busB = connect()) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(
          DEMO,
          (channel, message) -> {
            atB.receive(channel, message);
            throw new IllegalStateException("on purpose");
          });
      meet(a, atB);

      a.publish(MEDIA, bytes("one"));
      a.publish(MEDIA, bytes("two"));

      soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("one", "two"));
      assertThat(log.lines().stream().filter(line -> line.contains("receiver"))).hasSize(1);
    }
  }

  @Test
  void theLastWordsBeforeClosingAreHeard() throws Exception {
    var atB = new Inbox();
    try (Bus busB = connect()) {
      busB.attach(DEMO, atB);
      for (int i = 0; i < 5; i++) {
        Bus busA = connect();
        Attachment a = busA.attach(DEMO, new Inbox());
        meet(a, atB);

        a.publish(PRESENCE, bytes("goodbye"));
        busA.close();

        soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("goodbye"));
        atB.messages.clear();
      }
    }
  }

  @Test
  void aClosedBusLeavesNoThreads() throws Exception {
    var atB = new Inbox();
    try (Bus busA = connect();
        Bus busB = connect("nobody-else")) {
      Attachment a = busA.attach(DEMO, new Inbox());
      busB.attach(DEMO, atB);
      meet(a, atB);
      assertThat(threads()).anyMatch(name -> name.startsWith("nobody-else"));

      busB.close();

      soon()
          .untilAsserted(
              () -> assertThat(threads()).noneMatch(name -> name.startsWith("nobody-else")));
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private static Bus.Receiver stoppedByTheWord(String word, CountDownLatch goOn, Inbox inbox) {
    return (channel, message) -> {
      inbox.receive(channel, message);
      if (Arrays.equals(message, bytes(word))) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private static List<String> everyTenth(int count) {
    return IntStream.range(0, count).filter(i -> i % 10 == 0).mapToObj(String::valueOf).toList();
  }
}
