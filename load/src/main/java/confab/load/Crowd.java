package confab.load;

import confab.load.link.EventLoops;
import confab.load.link.Link;
import confab.load.link.LoadException;
import confab.load.link.QuicSockets;
import confab.load.link.Reachable;
import confab.load.link.Sources;
import confab.load.link.WebSocketDialler;
import confab.load.link.WebTransportDialler;
import confab.load.measure.UdpDrops;
import confab.load.measure.WallClock;
import confab.load.measure.Window;
import confab.protocol.address.EdgeAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// All participants, dealt to event loops and edges. The thread that runs the load calls its
/// methods; the loops answer.
final class Crowd implements AutoCloseable {
  /// Over all loops and edges, unless participants come from addresses of their own.
  private static final int SOCKETS = 16;

  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Plan plan;
  private final EventLoops loops = new EventLoops();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Participant> participants = new ArrayList<>();
  private final List<Channel> udpSockets = new ArrayList<>();

  /// Nobody comes yet.
  Crowd(Plan plan, WallClock clock, Window window, Attendance attendance) throws LoadException {
    this.plan = plan;
    try {
      SequencedMap<EdgeAddress, URI> found = Edges.of(plan);
      List<EdgeAddress> edges = List.copyOf(found.sequencedKeySet());
      List<TicketDesk> desks =
          found.sequencedValues().stream().map(url -> new TicketDesk(plan, url)).toList();
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (EdgeAddress edge : edges) {
        addresses.add(reachable(url(edge, plan.transport())));
      }
      for (EventLoop loop : loops.all()) {
        List<Link.Dialler> diallers = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
          var sources = Sources.dealt(plan.from(), workers.size(), loops.all().size());
          diallers.add(newDialler(loop, sources, edges.get(i), addresses.get(i), edges.size()));
        }
        workers.add(Worker.on(loop, diallers, clock, window, attendance));
      }
      // Room by room, so that all rooms fill at the same pace.
      for (int index = 0; index < plan.participants(); index++) {
        for (int room = 0; room < plan.rooms(); room++) {
          Worker worker = workers.get(participants.size() % workers.size());
          int edge = (room + index) % edges.size();
          participants.add(new Participant(plan, worker, desks.get(edge), room, index, edge));
        }
      }
    } catch (LoadException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private InetSocketAddress reachable(URI url) throws LoadException {
    return switch (plan.transport()) {
      case WEBTRANSPORT -> Reachable.overQuic(url);
      case WEBSOCKET -> Reachable.overTcp(url);
    };
  }

  private Link.Dialler newDialler(
      EventLoop loop, Sources sources, EdgeAddress edge, InetSocketAddress address, int edges)
      throws LoadException {
    URI url = url(edge, plan.transport());
    return switch (plan.transport()) {
      case WEBTRANSPORT -> {
        if (!Quic.isAvailable()) {
          throw new LoadException("WebTransport needs a native library that this platform lacks");
        }
        int count = Math.clamp(SOCKETS / loops.all().size() / edges, 1, plan.connections());
        var sockets = new QuicSockets(loop, count, sources, edge, url);
        udpSockets.addAll(sockets.all());
        yield new WebTransportDialler(url, address, sockets);
      }
      case WEBSOCKET -> {
        SslContext tls = WebSocketDialler.tls(url, plan.insecure());
        yield new WebSocketDialler(loop, sources, url, address, tls);
      }
    };
  }

  private static URI url(EdgeAddress edge, Plan.Transport transport) throws LoadException {
    URI url =
        switch (transport) {
          case WEBTRANSPORT -> edge.webTransport();
          case WEBSOCKET -> edge.webSocket();
        };
    if (url == null) {
      throw new LoadException(edge.name() + " has no " + transport.label());
    }
    return url;
  }

  /// They come one after another, all within the ramp.
  void come() {
    long gap = plan.ramp().toNanos() / participants.size();
    for (int i = 0; i < participants.size(); i++) {
      Participant each = participants.get(i);
      each.worker().loop().schedule(each::come, i * gap, TimeUnit.NANOSECONDS);
    }
  }

  /// Asks something of each loop, on that loop.
  <T> List<T> ask(Function<Worker, T> question) {
    List<Future<T>> answers =
        workers.stream().map(each -> each.loop().submit(() -> question.apply(each))).toList();
    return answers.stream().map(each -> each.syncUninterruptibly().getNow()).toList();
  }

  /// The participants of one loop.
  List<Participant> of(Worker worker) {
    return participants.stream().filter(each -> each.worker() == worker).toList();
  }

  List<Long> loopThreads() {
    return ask(_ -> Thread.currentThread().threadId());
  }

  UdpDrops udpDrops() {
    Set<Integer> ports = new HashSet<>();
    udpSockets.forEach(each -> ports.add(((InetSocketAddress) each.localAddress()).getPort()));
    return new UdpDrops(ports);
  }

  /// What the kernel grants each UDP socket; the largest number without any.
  int receiveBufferBytes() {
    return udpSockets.stream()
        .mapToInt(each -> each.config().getOption(ChannelOption.SO_RCVBUF))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /// All say goodbye; waits until they have gone, or for [#GOODBYE].
  void leave() throws InterruptedException {
    long limit = System.nanoTime() + GOODBYE.toNanos();
    for (List<Future<?>> goodbyes : ask(this::goodbyes)) {
      for (Future<?> each : goodbyes) {
        boolean _ = each.await(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private List<Future<?>> goodbyes(Worker worker) {
    List<Future<?>> goodbyes = new ArrayList<>();
    for (Participant each : of(worker)) {
      Future<?> goodbye = each.leave();
      if (goodbye != null) {
        goodbyes.add(goodbye);
      }
    }
    return goodbyes;
  }

  @Override
  public void close() {
    loops.close();
  }
}
