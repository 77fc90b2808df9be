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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [Bus] does, whatever carries it. A test class per implementation says how one edge
/// comes onto the network that the test's edges share.
abstract class BusContract {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));
  private static final Subject OTHER = Subject.room(new RoomId("other"));

  private final List<Bus> opened = new ArrayList<>();

  /// One more edge on the network of this test.
  abstract Bus connect() throws Exception;

  private Bus open() throws Exception {
    Bus bus = connect();
    opened.add(bus);
    return bus;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Bus::close);
  }

  @Test
  void aMessageReachesEveryOtherEdgeOnTheSubjectOnce() throws Exception {
    var atB = new Inbox();
    var atC = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    open().attach(DEMO, atC);
    meet(a, atB, atC);

    assertThat(a.publish(MEDIA, bytes("hello"))).isEqualTo(Offer.ACCEPTED);

    soon().untilAsserted(() -> assertThat(atB.messages).containsExactly("hello"));
    soon().untilAsserted(() -> assertThat(atC.messages).containsExactly("hello"));
  }

  @Test
  void anEdgeDoesNotHearItself() throws Exception {
    var atA = new Inbox();
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, atA);
    open().attach(DEMO, atB);
    meet(a, atB);

    assertThat(atA.messages).isEmpty();
  }

  @Test
  void subjectsAreApart() throws Exception {
    var demo = new Inbox();
    var other = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    Bus b = open();
    b.attach(DEMO, demo);
    b.attach(OTHER, other);
    meet(a, demo);

    assertThat(other.messages).isEmpty();
  }

  @Test
  void messagesOfOnePublisherKeepTheirOrder() throws Exception {
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    meet(a, atB);

    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add("message " + i);
      a.publish(MEDIA, bytes("message " + i));
    }

    soon().untilAsserted(() -> assertThat(atB.messages).containsExactlyElementsOf(sent));
  }

  @Test
  void aClosedAttachmentNeitherSendsNorReceives() throws Exception {
    var atB = new Inbox();
    var atC = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    Attachment b = open().attach(DEMO, atB);
    open().attach(DEMO, atC);
    meet(a, atB, atC);

    b.close();
    a.publish(MEDIA, bytes("after"));

    soon().untilAsserted(() -> assertThat(atC.messages).containsExactly("after"));
    assertThat(atB.messages).isEmpty();
    assertThat(b.publish(MEDIA, bytes("from the closed one"))).isEqualTo(Offer.DISCONNECTED);
  }

  @Test
  void aClosedBusAnswersDisconnectedAndDoesNotThrow() throws Exception {
    Bus bus = open();
    Attachment a = bus.attach(DEMO, new Inbox());

    bus.close();
    bus.close();

    assertThat(a.publish(MEDIA, bytes("late"))).isEqualTo(Offer.DISCONNECTED);
    assertThat(bus.attach(OTHER, new Inbox()).publish(MEDIA, bytes("later")))
        .isEqualTo(Offer.DISCONNECTED);
  }

  @Test
  void manyThreadsMayPublishAtOnce() throws Exception {
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    meet(a, atB);

    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      start.await();
                    } catch (InterruptedException e) {
                      return;
                    }
                    for (int i = 0; i < 25; i++) {
                      a.publish(MEDIA, bytes("x"));
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    soon().untilAsserted(() -> assertThat(atB.messages).hasSize(100));
  }

  @Test
  void everyChannelArrivesAsItself() throws Exception {
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    meet(a, atB);

    a.publish(PRESENCE, bytes("who is here"));
    a.publish(MEDIA, bytes("what they say"));

    soon().untilAsserted(() -> assertThat(atB.messages).hasSize(2));
    assertThat(atB.messages).containsExactly("who is here", "what they say");
    assertThat(atB.channels).containsExactly(PRESENCE, MEDIA);
  }

  @Test
  void whatHappenedIsCounted() throws Exception {
    var atB = new Inbox();
    Bus busA = open();
    Bus busB = open();
    Attachment a = busA.attach(DEMO, new Inbox());
    busB.attach(DEMO, atB);
    meet(a, atB);
    BusStats before = busA.stats();
    BusStats beforeB = busB.stats();

    a.publish(MEDIA, bytes("counted"));
    soon().untilAsserted(() -> assertThat(atB.messages).hasSize(1));
    a.close();
    a.publish(MEDIA, bytes("refused"));

    assertThat(busA.stats().published()).isEqualTo(before.published() + 1);
    assertThat(busA.stats().droppedOut()).isEqualTo(before.droppedOut() + 1);
    assertThat(busB.stats().received()).isEqualTo(beforeB.received() + 1);
    assertThat(busB.stats().droppedIn()).isZero();
    assertThat(busA.stats().disconnects()).isZero();
  }
}
