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
import confab.rig.Patience;
import confab.rig.process.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that is not there, goes, comes back, or stands still.
class NatsOutageTest {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));
  private static final Subject OTHER = Subject.room(new RoomId("other"));

  /// Half a second of what a test publishes, and some for a busy machine.
  private static final int HANDFUL = 40;

  /// Of speaking.
  private static final int FIVE_SECONDS = 250;

  private final NatsServer server;
  private final Inbox atA = new Inbox();
  private final Inbox atB = new Inbox();
  private final NatsBus busA;
  private final NatsBus busB;
  private final Attachment a;
  private final Attachment b;
  private int spoken;

  NatsOutageTest() throws IOException {
    server = NatsServer.alone("");
    busA = connect();
    busB = connect();
    a = busA.attach(DEMO, atA);
    b = busB.attach(DEMO, atB);
  }

  @AfterEach
  void closeAll() {
    busA.close();
    busB.close();
    server.close();
  }

  @Test
  void anEdgeMayStartBeforeTheServer() throws Exception {
    try (var log = new LogLines();
        Bus busC = connect()) {
      Attachment c = busC.attach(DEMO, new Inbox());
      soon().until(() -> !log.lines().isEmpty());
      assertThat(c.publish(PRESENCE, bytes("nobody hears it"))).isEqualTo(Offer.DISCONNECTED);

      server.start();
      assertConnectsAgain(busC);
      meet(c, atA, atB);
      c.publish(MEDIA, bytes("hello"));
      soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("hello"));
    }
  }

  @Test
  void anOutageIsALineAndItsEndAnother() throws Exception {
    server.start();
    soon().until(() -> busA.isConnected() && busB.isConnected());
    busB.close();
    try (var log = new LogLines()) {
      server.kill();
      soon().until(() -> !busA.isConnected());
      // Several attempts are made meanwhile.
      soon().during(Duration.ofSeconds(1)).until(() -> log.lines().size() == 1);
      server.start();
      soon().until(busA::isConnected);

      soon().untilAsserted(() -> assertThat(log.lines()).hasSize(2));
      assertThat(log.lines().getFirst())
          .startsWith("WARN NATS is out of reach")
          .contains(server.uri().toString());
      assertThat(log.lines().getLast())
          .startsWith("INFO NATS is in reach")
          .contains(server.uri().toString());
    }
  }

  @Test
  void whatIsPublishedWhileTheServerIsAwayIsLostAndAllElseHeals() throws Exception {
    server.start();
    meet(a, atB);
    meet(b, atA);

    server.kill();
    soon().until(() -> !busA.isConnected() && !busB.isConnected());
    for (int i = 0; i < 100; i++) {
      assertThat(a.publish(MEDIA, bytes("lost"))).isEqualTo(Offer.DISCONNECTED);
    }
    var otherAtB = new Inbox();
    Attachment otherA = busA.attach(OTHER, new Inbox());
    busB.attach(OTHER, otherAtB);
    server.start();
    assertConnectsAgain(busA, busB);

    meet(otherA, otherAtB);
    a.publish(MEDIA, bytes("from a"));
    b.publish(MEDIA, bytes("from b"));
    soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("from a"));
    soon().untilAsserted(() -> assertThat(atA.messages).containsExactly("from b"));
    assertThat(busA.stats().disconnects()).isEqualTo(1);
  }

  @Test
  void anAttachmentClosedDuringAnOutageStaysClosed() throws Exception {
    server.start();
    meet(a, atB);

    server.kill();
    soon().until(() -> !busB.isConnected());
    b.close();
    var atC = new Inbox();
    server.start();
    try (Bus busC = connect()) {
      busC.attach(DEMO, atC);
      meet(a, atC);
      a.publish(MEDIA, bytes("after"));
      soon().untilAsserted(() -> assertThat(atC.messages).containsExactly("after"));
    }
    soon().until(busB::isConnected);
    assertThat(atB.messages).isEmpty();
    assertThat(b.publish(MEDIA, bytes("no"))).isEqualTo(Offer.DISCONNECTED);
  }

  @Test
  void aServerThatOftenGoesIsFoundAgainEveryTime() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.start();
      meet(a, atB);
      server.kill();
    }
    server.start();
    meet(a, atB);

    assertThat(busA.stats().disconnects()).isEqualTo(5);
  }

  @Test
  void aServerThatStandsStillForAMomentCausesNoBurst() throws Exception {
    server.start();
    meet(a, atB);

    server.freeze();
    int sent = speakUntil(after(Duration.ofMillis(1200)));
    server.thaw();
    speakAgain();

    assertThat(sent).isLessThan(HANDFUL);
    assertThat(atB.messages.stream().filter("stale"::equals).count()).isLessThan(HANDFUL);
    assertThat(busA.stats().disconnects()).isZero();
  }

  @Test
  void aServerThatStandsStillIsGivenUpAndNothingOldComesAfterwards() throws Exception {
    server.start();
    meet(a, atB);

    server.freeze();
    int sent = speakUntil(() -> !busA.isConnected() && !busB.isConnected());
    assertThat(spoken).isLessThan(FIVE_SECONDS);
    assertThat(sent).isLessThan(HANDFUL);
    server.thaw();

    speakAgain();
    assertThat(atB.messages).doesNotContain("stale");
  }

  private void speakAgain() {
    soon()
        .until(
            () -> {
              a.publish(MEDIA, bytes("again"));
              return atB.messages.contains("again");
            });
  }

  @Test
  void whatAServerThatStandsStillDoesNotTakeIsRefused() throws Exception {
    server.start();
    meet(a, atB);

    server.freeze();
    byte[] bundle = new byte[1200];
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      accepted += a.publish(MEDIA, bundle) == Offer.ACCEPTED ? 1 : 0;
    }
    assertThat(accepted).isLessThan((int) (SendWindow.MEDIA_BYTES / bundle.length));
    assertThat(a.publish(PRESENCE, bytes("still here"))).isEqualTo(Offer.ACCEPTED);
    server.thaw();

    soon().until(() -> atB.messages.contains("still here"));
  }

  @Test
  void closingIsQuickWhateverTheServerDoes() throws Exception {
    soon().until(() -> !busA.isConnected());
    Duration unconnected = Patience.time(busA::close);

    server.start();
    soon().until(busB::isConnected);
    Bus healthy = connect();
    soon().until(healthy::isConnected);
    Duration control = Patience.time(healthy::close);
    Duration limit = Patience.promise(Duration.ofSeconds(1), control);
    assertThat(unconnected).isLessThan(limit);
    server.freeze();
    try (Bus connecting = connect()) {
      assertThat(Patience.time(busB::close)).isLessThan(limit);
      assertThat(Patience.time(connecting::close)).isLessThan(limit);
    }
    server.thaw();
  }

  /// Two seconds, and what a connection takes that nothing was in the way of.
  private void assertConnectsAgain(Bus... buses) throws Exception {
    Duration again =
        Patience.time(() -> soon().until(() -> Stream.of(buses).allMatch(Bus::isConnected)));
    try (Bus fresh = connect()) {
      Duration control = Patience.time(() -> soon().until(fresh::isConnected));
      assertThat(again).isLessThan(Patience.promise(Duration.ofSeconds(2), control));
    }
  }

  /// Fifty messages a second. Those that are accepted or refused are so at once: it takes next to
  /// nothing of the time.
  ///
  /// @return how many were accepted
  private int speakUntil(BooleanSupplier end) {
    int accepted = 0;
    long offering = 0;
    long begin = System.nanoTime();
    for (spoken = 0; !end.getAsBoolean(); spoken++) {
      long start = System.nanoTime();
      Offer offer = a.publish(MEDIA, bytes("stale"));
      offering += System.nanoTime() - start;
      accepted += offer == Offer.ACCEPTED ? 1 : 0;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(offering).isLessThan((System.nanoTime() - begin) / 4);
    return accepted;
  }

  private static BooleanSupplier after(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    return () -> System.nanoTime() - end >= 0;
  }

  private NatsBus connect() {
    return NatsBus.connect(
        new NatsConfig(
            List.of(server.uri()),
            new NatsConfig.Login.Anonymous(),
            NatsConfig.Tls.DEFAULT,
            "edge"));
  }
}
