package confab.webtransport;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.protocol.CloseReason;
import confab.protocol.RoomId;
import confab.protocol.webtransport.Capsule;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.webtransport.certificates.Certificates;
import confab.webtransport.kwik.RawParticipant;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server with its rooms, made anew for every test, which runs on either engine.
public abstract class ServerFixture {
  protected static final byte[] OPUS = {1, 2, 3, 4, 5};

  static {
    // Kwik's threads may throw when a connection ends twice; what matters is what is awaited.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  protected final QuicEngine engine;
  protected Rooms rooms;
  protected Certificates certificates;
  protected WebTransportServer server;
  protected InetSocketAddress edge;

  protected ServerFixture(QuicEngine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void start() throws Exception {
    rooms = new Rooms("test", LocalBus.alone(), RoomLimits.defaults());
    certificates = Certificates.selfMade(List.of("localhost", "127.0.0.1"));
    server = WebTransportServer.start(config(engine), rooms, certificates);
    edge = server.address();
  }

  public static WebTransportConfig config(QuicEngine engine) {
    return new WebTransportConfig(
        new InetSocketAddress("127.0.0.1", 0), "/wt", Duration.ofSeconds(8), engine);
  }

  @AfterEach
  void stop() {
    rooms.close();
    server.close();
    certificates.close();
  }

  protected static void assertClosed(RawParticipant participant, CloseReason reason) {
    await().until(() -> participant.closed != null);
    assertThat(participant.closed)
        .isEqualTo(new Capsule.CloseSession(reason.code(), reason.wireName()));
  }

  protected int participants(String room) {
    OptionalInt count = rooms.participants(new RoomId(room));
    return count.orElse(0);
  }
}
