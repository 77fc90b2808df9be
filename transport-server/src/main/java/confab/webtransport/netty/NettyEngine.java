package confab.webtransport.netty;

import confab.webtransport.certificates.Credentials;
import confab.webtransport.engine.AddressPorts;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.engine.EngineSetup;
import confab.webtransport.engine.Handshakes;
import confab.webtransport.engine.SharedPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicCodecDispatcher;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine made of Netty's codecs for QUIC (quiche, in native code) and HTTP/3.
///
/// Each event loop has a socket of its own on the one port, and the kernel deals out connections
/// among them by the peer's address. When that changes, connections stay with their sockets, which
/// their ids name. [AddressPorts] says why there are further sockets for each address of the
/// machine.
public final class NettyEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(NettyEngine.class);

  /// Two bytes for the loop, the rest is random.
  static final int CONNECTION_ID_BYTES = 12;

  private final Duration idleTimeout;
  private final Acceptor acceptor;
  private final EngineCounters counters;
  private final Handshakes handshakes = new Handshakes(true);
  private final RetryTokens tokens = new RetryTokens(handshakes, System::nanoTime);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final EventLoopGroup loops;
  private final NettyTransport transport;
  private final Pipelines pipelines = new Pipelines();
  private final Sockets sockets;
  private final AddressPorts<Sockets> addressPorts;
  private final List<NettyPort> ports = new CopyOnWriteArrayList<>();
  private volatile QuicSslContext tls;

  /// @throws IOException when the address is in use or not of this machine, or QUIC cannot use the
  ///     credentials
  public NettyEngine(EngineSetup setup) throws IOException {
    this(setup, NettyTransport.best());
  }

  NettyEngine(EngineSetup setup, NettyTransport transport) throws IOException {
    idleTimeout = setup.idleTimeout();
    acceptor = setup.acceptor();
    counters = setup.counters();
    tls = NettyCodecs.tls(setup.credentials());
    this.transport = transport;
    InetSocketAddress address = SharedPort.free(setup.bind());
    loops = transport.newLoops();
    try {
      sockets = bind(address);
    } catch (IOException e) {
      loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      threads.shutdownNow();
      throw e;
    }
    addressPorts =
        AddressPorts.beside(
            address.getAddress(), local -> bind(new InetSocketAddress(local, address.getPort())));
  }

  /// Why it does not run on this system; empty when it does.
  public static Optional<String> obstacle() {
    Throwable cause = Quic.isAvailable() ? null : Quic.unavailabilityCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause)
        .map(why -> String.valueOf(why).lines().findFirst().orElse(""));
  }

  /// What is bound to one address: a socket for each loop.
  private record Sockets(List<Channel> channels) implements AutoCloseable {
    @Override
    public void close() {
      channels.forEach(channel -> channel.close().awaitUninterruptibly());
    }
  }

  private Sockets bind(InetSocketAddress address) throws IOException {
    var bound = new Sockets(new ArrayList<>());
    for (int i = 0; i < transport.loops(); i++) {
      ChannelFuture socket =
          transport.bootstrap(loops).handler(pipelines).bind(address).awaitUninterruptibly();
      if (!socket.isSuccess()) {
        bound.close();
        throw new IOException(socket.cause());
      }
      bound.channels().add(socket.channel());
    }
    return bound;
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) sockets.channels().getFirst().localAddress();
  }

  @Override
  public void use(Credentials credentials) {
    try {
      tls = NettyCodecs.tls(credentials);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("QUIC keeps the former certificate");
    }
  }

  /// Says goodbye on every connection, waits a moment for that to be sent, and frees the port.
  /// Further calls do nothing.
  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    long deadline = System.nanoTime() + EngineLimits.GOODBYE.toNanos();
    List<Future<?>> goodbyes = new ArrayList<>();
    ports.forEach(port -> goodbyes.add(port.closeConnections()));
    goodbyes.forEach(
        goodbye ->
            goodbye.awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    addressPorts.close();
    sockets.close();
    loops
        .shutdownGracefully(0, EngineLimits.GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
    threads.shutdownNow();
  }

  /// Makes the pipeline of each socket, and passes packets on to that socket which their connection
  /// id names.
  private final class Pipelines extends QuicCodecDispatcher {
    Pipelines() {
      super(CONNECTION_ID_BYTES);
    }

    @Override
    protected void initChannel(Channel socket, int idLength, QuicConnectionIdGenerator ids) {
      var port = new NettyPort(handshakes, tokens, counters, socket.alloc());
      ports.add(port);
      socket.closeFuture().addListener(_ -> ports.remove(port));
      socket
          .pipeline()
          .addFirst(port)
          .addLast(
              NettyCodecs.quic(
                  idleTimeout, idLength, ids, tokens, () -> tls, quic -> connection(quic, port)));
    }
  }

  private NettyConnection connection(QuicChannel quic, NettyPort port) {
    return new NettyConnection(quic, port, handshakes, acceptor, counters, threads);
  }
}
