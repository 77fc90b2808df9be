package confab.bus;

import static confab.bus.Bus.Channel.MEDIA;
import static confab.bus.Bus.Channel.WORDS;
import static confab.bus.Inbox.bytes;
import static confab.bus.Inbox.meet;
import static confab.bus.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus.Attachment;
import confab.bus.Bus.Offer;
import confab.protocol.RoomId;
import confab.rig.process.FreePort;
import confab.rig.process.NatsServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two servers, of which one is ended as its operator plans it.
class NatsHandoverTest {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));

  private static String clustered(int port, int other) {
    return """
    server_name: s%1$d
    cluster { name: demo, listen: "127.0.0.1:%1$d", routes: ["nats://127.0.0.1:%2$d"] }
    lame_duck_grace_period: "1s"
    lame_duck_duration: "30s"
    """
        .formatted(port, other);
  }

  private static NatsBus connect(NatsServer... servers) {
    return NatsBus.connect(
        new NatsConfig(
            List.of(servers).stream().map(NatsServer::uri).toList(),
            new NatsConfig.Login.Anonymous(),
            NatsConfig.Tls.DEFAULT,
            "edge"));
  }

  @Test
  void nothingIsLostWhenAServerIsEndedAsPlanned() throws Exception {
    int one = FreePort.find();
    int two = FreePort.find();
    var atA = new Inbox();
    var atB = new Inbox();
    try (var log = new LogLines();
        var first = NatsServer.started(clustered(one, two));
        var second = NatsServer.started(clustered(two, one));
        // Two that can go over, of which at least one has to.
        var busA = connect(first, second);
        var busB = connect(second, first)) {
      Attachment a = busA.attach(DEMO, atA);
      Attachment b = busB.attach(DEMO, atB);
      meet(a, atB);
      meet(b, atA);
      NatsServer leaving = log.lines().toString().contains(first.uri().toString()) ? first : second;
      int messages = 0;
      for (long end = 0; end == 0 || System.nanoTime() < end; messages++) {
        if (messages == 50) {
          leaving.leave();
        }
        if (messages >= 50 && end == 0 && !leaving.isAlive()) {
          end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(a.publish(MEDIA, bytes("a" + messages))).isEqualTo(Offer.ACCEPTED);
        assertThat(b.publish(MEDIA, bytes("b" + messages))).isEqualTo(Offer.ACCEPTED);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      int sent = messages;
      soon().until(() -> atB.messages.contains("a" + (sent - 1)));
      soon().until(() -> atA.messages.contains("b" + (sent - 1)));
      assertThat(missing("a", sent, atB)).isEmpty();
      assertThat(missing("b", sent, atA)).isEmpty();
      assertThat(atA.messages).as("its own").noneMatch(message -> message.startsWith("a"));
      assertThat(atB.messages).as("its own").noneMatch(message -> message.startsWith("b"));
      assertThat(busA.stats().disconnects() + busB.stats().disconnects()).isZero();
      assertThat(log.lines()).noneMatch(line -> line.contains("out of reach"));
    }
  }

  private static List<String> missing(String prefix, int count, Inbox inbox) {
    Set<String> arrived = new HashSet<>(inbox.messages);
    return IntStream.range(0, count)
        .mapToObj(number -> prefix + number)
        .filter(message -> !arrived.contains(message))
        .toList();
  }

  /// So it is in between, and with two leaf nodes that lead into one cluster.
  @Test
  void aWordThatComesByTwoWaysIsHeardOnce() throws Exception {
    var atA = new Inbox();
    try (var server = NatsServer.started();
        var busA = connect(server);
        var busB = connect(server)) {
      busA.attach(DEMO, atA);
      Attachment b = busB.attach(DEMO, new Inbox());
      meet(b, atA);
      b.publish(WORDS, bytes("once"));
      b.publish(WORDS, bytes("once"));
      b.publish(WORDS, bytes("the end"));
      soon().until(() -> atA.messages.contains("the end"));
      assertThat(atA.messages).containsExactly("once", "the end");
    }
  }
}
