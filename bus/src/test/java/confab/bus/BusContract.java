package confab.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import confab.bus.Bus.Attachment;
import confab.bus.Bus.Offer;
import confab.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [Bus] does, whatever carries it. A test class per implementation says how one edge
/// comes onto the network that the test's edges share.
abstract class BusContract {
  private static final Subject DEMO = Subject.media(new RoomId("demo"));
  private static final Subject OTHER = Subject.media(new RoomId("other"));

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
    publishUntil(a, atB, atC);

    atB.messages.clear();
    atC.messages.clear();
    assertThat(a.publish(bytes("hello"))).isEqualTo(Offer.ACCEPTED);

    await().untilAsserted(() -> assertThat(atB.messages).containsExactly("hello"));
    await().untilAsserted(() -> assertThat(atC.messages).containsExactly("hello"));
  }

  @Test
  void anEdgeDoesNotHearItself() throws Exception {
    var atA = new Inbox();
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, atA);
    open().attach(DEMO, atB);
    publishUntil(a, atB);

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
    publishUntil(a, demo);

    assertThat(other.messages).isEmpty();
  }

  @Test
  void messagesOfOnePublisherKeepTheirOrder() throws Exception {
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    publishUntil(a, atB);

    atB.messages.clear();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add("message " + i);
      a.publish(bytes("message " + i));
    }

    await().untilAsserted(() -> assertThat(atB.messages).containsExactlyElementsOf(sent));
  }

  @Test
  void aClosedAttachmentNeitherSendsNorReceives() throws Exception {
    var atB = new Inbox();
    var atC = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    Attachment b = open().attach(DEMO, atB);
    open().attach(DEMO, atC);
    publishUntil(a, atB, atC);

    b.close();
    atB.messages.clear();
    atC.messages.clear();
    a.publish(bytes("after"));

    await().untilAsserted(() -> assertThat(atC.messages).containsExactly("after"));
    assertThat(atB.messages).isEmpty();
    assertThat(b.publish(bytes("from the closed one"))).isEqualTo(Offer.DISCONNECTED);
  }

  @Test
  void aClosedBusAnswersDisconnectedAndDoesNotThrow() throws Exception {
    Bus bus = open();
    Attachment a = bus.attach(DEMO, new Inbox());

    bus.close();
    bus.close();

    assertThat(a.publish(bytes("late"))).isEqualTo(Offer.DISCONNECTED);
    assertThat(bus.attach(OTHER, new Inbox()).publish(bytes("later")))
        .isEqualTo(Offer.DISCONNECTED);
  }

  @Test
  void manyThreadsMayPublishAtOnce() throws Exception {
    var atB = new Inbox();
    Attachment a = open().attach(DEMO, new Inbox());
    open().attach(DEMO, atB);
    publishUntil(a, atB);
    atB.messages.clear();

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
                      a.publish(bytes("x"));
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    await().untilAsserted(() -> assertThat(atB.messages).hasSize(100));
  }

  /// A subscription may take a moment to be known everywhere: publishes until it is.
  private static void publishUntil(Attachment from, Inbox... inboxes) {
    for (Inbox inbox : inboxes) {
      await()
          .until(
              () -> {
                from.publish(bytes("are you there?"));
                return !inbox.messages.isEmpty();
              });
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Inbox implements Bus.Receiver {
    final Queue<String> messages = new ArrayBlockingQueue<>(1000);

    @Override
    public void receive(byte[] message) {
      messages.add(new String(message, StandardCharsets.UTF_8));
    }
  }
}
