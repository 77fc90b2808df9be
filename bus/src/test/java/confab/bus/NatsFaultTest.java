package confab.bus;

import static confab.bus.Inbox.meet;
import static confab.bus.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.NatsConfig.Login;
import confab.protocol.RoomId;
import confab.rig.process.NatsServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a server refuses on a connection that it keeps: the bus knows, and gets over it.
class NatsFaultTest {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));
  private static final Subject OTHER = Subject.room(new RoomId("other"));

  private static NatsBus connect(NatsServer server, Login login) {
    return NatsBus.connect(
        new NatsConfig(List.of(server.uri()), login, NatsConfig.Tls.DEFAULT, "edge"));
  }

  private static String user(String permissions) {
    return "authorization { users: [ { user: edge, password: pw, permissions: { %s } } ] }"
        .formatted(permissions);
  }

  @Test
  void whoMayNotSubscribeKnows() throws Exception {
    try (var server = NatsServer.started(user("subscribe: \"other.>\""));
        var bus = connect(server, new Login.UserPassword("edge", "pw"))) {
      soon().until(bus::isConnected);
      assertThat(bus.fault()).isEmpty();
      bus.attach(DEMO, new Inbox());
      soon().until(() -> bus.fault().isPresent());
      assertThat(bus.fault().orElseThrow())
          .contains("Permissions Violation for Subscription", "confab.room.demo");
      // For as long as it is so.
      soon().during(NatsFaults.RETRY.multipliedBy(3)).until(() -> bus.fault().isPresent());
    }
  }

  @Test
  void whoMayNotPublishKnows() throws Exception {
    try (var server = NatsServer.started(user("publish: \"other.>\""));
        var bus = connect(server, new Login.UserPassword("edge", "pw"))) {
      soon().until(bus::isConnected);
      Bus.Attachment attachment = bus.attach(DEMO, new Inbox());
      soon()
          .until(
              () -> {
                attachment.publish(Bus.Channel.PRESENCE, new byte[1]);
                return bus.fault().isPresent();
              });
      assertThat(bus.fault().orElseThrow()).contains("Permissions Violation for Publish");
      soon().until(() -> bus.fault().isEmpty());
    }
  }

  @Test
  void whoHasNoRoomForAnotherSubscriptionKnowsAndHearsOnceThereIs() throws Exception {
    var atOther = new Inbox();
    try (var log = new LogLines();
        var server = NatsServer.started("max_subscriptions: 1");
        var bus = connect(server, new Login.Anonymous());
        var second = connect(server, new Login.Anonymous())) {
      Bus.Attachment first = bus.attach(DEMO, new Inbox());
      bus.attach(OTHER, atOther);
      soon().until(() -> bus.fault().isPresent() && bus.isConnected());
      assertThat(bus.fault().orElseThrow()).containsIgnoringCase("maximum subscriptions exceeded");
      assertThat(log.lines()).anyMatch(line -> line.contains("aximum subscriptions exceeded"));
      first.close();
      meet(second.attach(OTHER, new Inbox()), atOther);
      soon().until(() -> bus.fault().isEmpty());
    }
  }

  @Test
  void whatIsOutOfReachIsAFault() throws Exception {
    try (var server = NatsServer.started();
        var bus = connect(server, new Login.Anonymous())) {
      soon().until(() -> bus.fault().isEmpty());
      server.kill();
      soon().until(() -> bus.fault().isPresent());
      assertThat(bus.fault()).contains("NATS is out of reach");
    }
  }
}
