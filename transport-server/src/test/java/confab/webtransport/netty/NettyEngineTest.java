package confab.webtransport.netty;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.bus.LocalBus;
import confab.frames.Bundle;
import confab.frames.DropReason;
import confab.frames.MediaCounters;
import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.rig.Patience;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.room.Transport;
import confab.webtransport.certificates.Certificates;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineSetup;
import confab.webtransport.kwik.RawParticipant;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What only the engine on Netty promises. Its sessions are in the hands of the test; there are no
/// rooms.
class NettyEngineTest {
  private static final int LOOPS = 3;
  private static final int ROUNDS = 20_000;

  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final EngineCounters counters = new EngineCounters();
  private Rooms rooms;
  private MediaCounters media;
  private Certificates certificates;
  private NettyEngine engine;

  /// The edge's end of a session.
  private static final class Link implements Engine.Receiver {
    final List<byte[]> received = new CopyOnWriteArrayList<>();
    final Outbox outbox;
    final Engine.Tunnel tunnel;

    Link(Engine.ConnectRequest request, MediaCounters counters) {
      outbox = new Outbox(counters);
      tunnel = request.accept(this, outbox);
    }

    /// Bundles may leave together; each says how long it is.
    void send(int number, int bytes) {
      send(bundle(number, bytes));
    }

    void send(Bundle bundle) {
      outbox.put(bundle, System.nanoTime());
      tunnel.datagramsReady();
    }

    @Override
    public void onDatagram(ByteBuffer payload) {
      byte[] copy = new byte[payload.remaining()];
      payload.get(copy);
      received.add(copy);
    }

    @Override
    public void onStream(InputStream in, OutputStream out) {}

    @Override
    public void onUnidirectionalStream() {}

    @Override
    public void onGone(CloseReason reason) {}
  }

  private static Bundle bundle(int number, int bytes) {
    return new Bundle(ByteBuffer.allocate(bytes).putInt(number).putInt(bytes).array(), 1);
  }

  @BeforeEach
  void start() throws Exception {
    rooms = new Rooms("test", LocalBus.alone(), RoomLimits.defaults());
    media = rooms.counters(Transport.WEBTRANSPORT);
    certificates = Certificates.selfMade(List.of("localhost"));
    engine =
        start(NettyTransport.best().epoll() ? NettyTransport.epoll(LOOPS) : NettyTransport.nio());
  }

  @AfterEach
  void stop() {
    engine.close();
    certificates.close();
    rooms.close();
  }

  private NettyEngine start(NettyTransport transport) throws IOException {
    return new NettyEngine(
        setup(new InetSocketAddress("127.0.0.1", 0), r -> links.add(new Link(r, media))),
        transport);
  }

  private EngineSetup setup(InetSocketAddress bind, Engine.Acceptor acceptor) {
    return new EngineSetup(bind, Duration.ofSeconds(8), certificates.current(), acceptor, counters);
  }

  private RawParticipant connect() throws Exception {
    int before = links.size();
    var participant = RawParticipant.dial(engine.address());
    assertThat(participant.request(engine.address(), "/wt", null)).isEqualTo(200);
    await().until(() -> links.size() == before + 1);
    return participant;
  }

  private static List<Integer> numbers(RawParticipant participant) {
    List<Integer> numbers = new ArrayList<>();
    for (byte[] datagram : participant.bundles) {
      var left = ByteBuffer.wrap(datagram);
      while (left.hasRemaining()) {
        int start = left.position();
        numbers.add(left.getInt());
        left.position(start + left.getInt());
      }
    }
    return numbers;
  }

  @Test
  void aSessionGoesOnWhenTheAddressOfItsParticipantChanges() throws Exception {
    try (RawParticipant alice = connect()) {
      Link link = links.getFirst();
      // The kernel deals packets out by address, so that some of these come to another loop.
      for (int moves = 1; moves <= 5; moves++) {
        alice.move();
        byte[] word = {(byte) moves};
        alice.sendBundle(word);
        await().until(() -> !link.received.isEmpty() && link.received.getLast()[0] == word[0]);
        int answer = moves;
        link.send(answer, 100);
        await().until(() -> numbers(alice).contains(answer));
      }
      assertThat(counters.connections.sum()).isEqualTo(1);
    }
  }

  @Test
  void connectionsOnAllLoopsGetWhatIsSentInOrder() throws Exception {
    List<RawParticipant> all = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        all.add(connect());
      }
      var number = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                for (int i = 0; i < 3; i++) {
                  int each = number.incrementAndGet();
                  links.forEach(link -> link.send(each, 60));
                }
                return all.stream().allMatch(each -> each.bundles.size() > 60);
              });
      assertThat(all)
          .allSatisfy(each -> assertThat(numbers(each)).isSorted().doesNotHaveDuplicates());
    } finally {
      all.forEach(RawParticipant::close);
    }
  }

  /// Of everybody, whoever is held back included.
  @Test
  void aBundleForAllArrivesWholeAtEachOfThem() throws Exception {
    List<RawParticipant> all = new ArrayList<>();
    try (RawParticipant cutOff = connect()) {
      cutOff.cut();
      for (int i = 0; i < 8; i++) {
        all.add(connect());
      }
      for (int number = 1; number <= 100; number++) {
        Bundle shared = bundle(number, 800);
        links.forEach(link -> link.send(shared));
        int sent = number;
        await()
            .pollInterval(Duration.ofMillis(2))
            .until(() -> all.stream().allMatch(each -> numbers(each).contains(sent)));
      }
      assertThat(all)
          .allSatisfy(each -> assertThat(numbers(each)).isSorted().doesNotHaveDuplicates());
    } finally {
      all.forEach(RawParticipant::close);
    }
  }

  @Test
  void whatThePeerDoesNotAcknowledgeInTimeIsDroppedByAge() throws Exception {
    try (RawParticipant alice = connect()) {
      Link link = links.getFirst();
      alice.cut();
      var number = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () -> {
                link.send(number.incrementAndGet(), 1000);
                return media.drops(DropReason.OUTBOX_FULL) > 50;
              });
      // The first congestion window, and what quiche keeps beyond.
      assertThat(media.framesOut()).isLessThan(30);

      alice.mend();
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                link.send(number.incrementAndGet(), 100);
                return numbers(alice).contains(number.get() - 2);
              });
      assertThat(media.drops(DropReason.STALE)).isPositive();
      assertThat(numbers(alice)).isSorted();
    }
  }

  @Test
  void whoIsHeldBackHoldsNobodyElseUp() throws Exception {
    engine.close();
    engine = start(NettyTransport.best().epoll() ? NettyTransport.epoll(1) : NettyTransport.nio());
    List<RawParticipant> others = new ArrayList<>();
    try (RawParticipant alice = connect()) {
      alice.cut();
      for (int i = 0; i < 4; i++) {
        others.add(connect());
      }
      // So many that rounds and the retries for who is held back meet in every order.
      for (int i = 1; i <= ROUNDS; i++) {
        int number = i;
        links.forEach(link -> link.send(number, 1000));
      }
      await().until(() -> others.stream().allMatch(each -> numbers(each).contains(ROUNDS)));
    } finally {
      others.forEach(RawParticipant::close);
    }
  }

  @Test
  void aPortThatIsTakenIsNotShared() {
    assertThatThrownBy(
            () -> new NettyEngine(setup(engine.address(), request -> request.refuse(404))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Address already in use");
  }

  @Test
  void withoutEpollItRunsOnNio() throws Exception {
    engine.close();
    engine = start(NettyTransport.nio());
    try (RawParticipant alice = connect()) {
      links.getFirst().send(7, 1000);
      await().until(() -> numbers(alice).equals(List.of(7)));
    }
  }

  @Test
  void closingTellsParticipants() throws Exception {
    try (RawParticipant alice = connect()) {
      engine.close();
      await().until(() -> alice.gone);
      assertThat(counters.connections.sum() - counters.connectionsClosed.sum()).isZero();
    }
  }

  /// Chromium and Firefox offer it first; a recorded call cannot be read by tomorrow's machines.
  @Test
  void keysAreAgreedOnWithThePostQuantumGroup() throws Exception {
    var tls =
        QuicSslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .applicationProtocols(WebTransportNumbers.ALPN)
            .option(BoringSSLContextOption.GROUPS, new String[] {"X25519MLKEM768"})
            .build();
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel socket =
          new Bootstrap()
              .group(group)
              .channel(NioDatagramChannel.class)
              .handler(
                  new QuicClientCodecBuilder()
                      .sslContext(tls)
                      .initialMaxStreamsUnidirectional(3)
                      .initialMaxStreamDataUnidirectional(1000)
                      .initialMaxData(10_000)
                      .build())
              .bind(0)
              .sync()
              .channel();
      QuicChannel connected =
          QuicChannel.newBootstrap(socket)
              .handler(new ChannelInboundHandlerAdapter())
              .streamHandler(new ChannelInboundHandlerAdapter())
              .remoteAddress(engine.address())
              .connect()
              .get(Patience.seconds(), TimeUnit.SECONDS);
      assertThat(connected.isActive()).isTrue();
    } finally {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }
}
