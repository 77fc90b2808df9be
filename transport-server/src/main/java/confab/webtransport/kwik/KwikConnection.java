package confab.webtransport.kwik;

import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.ConnectionTerminatedEvent;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ServerConnection;
import tech.kwik.flupke.HttpStream;
import tech.kwik.flupke.server.Http3ServerConnection;
import tech.kwik.flupke.server.Http3ServerExtension;
import tech.kwik.flupke.server.Http3ServerExtensionFactory;
import tech.kwik.flupke.server.impl.Http3ServerConnectionImpl;

/// One QUIC connection with HTTP/3 on it, which carries at most one WebTransport session. Flupke
/// does HTTP/3 up to the extended CONNECT; its own WebTransport announces a draft that Chromium
/// does not speak and has no datagrams, so everything from there on is ours.
final class KwikConnection implements ApplicationProtocolConnection {
  private final QuicConnection quic;
  private final Engine.Acceptor acceptor;
  private final EngineCounters counters;
  private final Http3ServerConnection http3;
  private final Consumer<InetSocketAddress> whenAccepted;
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile @Nullable KwikTunnel tunnel;

  /// @param streams runs each incoming stream on a thread of its own, which may block
  /// @param whenAccepted given the peer's address as soon as there is a session
  KwikConnection(
      QuicConnection quic,
      Engine.Acceptor acceptor,
      EngineCounters counters,
      ExecutorService streams,
      Consumer<InetSocketAddress> whenAccepted) {
    this.quic = quic;
    this.whenAccepted = whenAccepted;
    this.acceptor = acceptor;
    this.counters = counters;
    // Before anything is answered: a datagram without a handler is lost.
    quic.setDatagramHandler(this::onDatagram, new SameThreadExecutor());
    http3 =
        new Http3ServerConnectionImpl(
            quic,
            (request, response) -> {
              // A status that is not set hands an extended CONNECT to the extension below.
              if (!request.method().equals("CONNECT")) {
                counters.requestsRefused.increment();
                response.setStatus(404);
              }
            },
            EngineLimits.MAX_HEADER_BYTES,
            EngineLimits.MAX_HTTP_STREAM_BYTES,
            streams,
            extensions());
    http3.registerUnidirectionalStreamType(
        WebTransportNumbers.WT_UNIDIRECTIONAL_STREAM, this::onUnidirectionalStream);
    http3.registerBidirectionalStreamHandler(
        WebTransportNumbers.WT_BIDIRECTIONAL_STREAM, this::onBidirectionalStream);
  }

  /// The same under each name of the protocol.
  private Map<String, Http3ServerExtensionFactory> extensions() {
    var extension = new WebTransportExtension();
    return WebTransportNumbers.PROTOCOLS.stream()
        .collect(Collectors.toMap(Function.identity(), protocol -> extension));
  }

  /// @param onClosed called once, when the connection is gone
  void begin(Runnable onClosed) {
    var closed = new AtomicBoolean();
    Runnable once =
        () -> {
          if (closed.compareAndSet(false, true)) {
            onClosed.run();
          }
        };
    quic.setConnectionListener(
        event -> {
          KwikTunnel established = tunnel;
          if (established != null) {
            established.receiver().onGone(reason(event));
          }
          once.run();
        });
    Thread.startVirtualThread(() -> closeWithoutSession(once));
  }

  /// Closes a connection that has not asked for a session in time. Kwik tells nobody of the end of
  /// one that was closed before it had a listener.
  private void closeWithoutSession(Runnable closed) {
    try {
      Thread.sleep(EngineLimits.SESSION_DEADLINE);
    } catch (InterruptedException e) {
      return;
    }
    if (tunnel == null) {
      closeNow();
      closed.run();
    }
  }

  private static CloseReason reason(ConnectionTerminatedEvent event) {
    return switch (event.closeReason()) {
      case IdleTimeout, ConnectionLost -> CloseReason.IDLE_TIMEOUT;
      case ImmediateClose, StatelessReset -> CloseReason.CONNECTION_LOST;
    };
  }

  InetSocketAddress remoteAddress() {
    return ((ServerConnection) quic).getInitialRemoteAddress();
  }

  void closeNow() {
    quic.close(WebTransportNumbers.H3_NO_ERROR, "");
  }

  @Override
  public void acceptPeerInitiatedStream(QuicStream stream) {
    ((ApplicationProtocolConnection) http3).acceptPeerInitiatedStream(new QuotaStream(stream));
  }

  /// Takes the session's id off the front (RFC 9297 §2.1: a quarter of the stream's id).
  private void onDatagram(byte[] datagram) {
    KwikTunnel established = tunnel;
    if (established == null || Varint.get(datagram, 0) != established.quarterStreamId()) {
      counters.datagramsUnknown.increment();
      return;
    }
    int prefix = Varint.encodedLength(datagram[0]);
    established.receiver().onDatagram(ByteBuffer.wrap(datagram, prefix, datagram.length - prefix));
  }

  private void onUnidirectionalStream(HttpStream stream) {
    KwikTunnel established = tunnel;
    try {
      if (established != null && Varint.read(stream.getInputStream()) == established.streamId()) {
        established.receiver().onUnidirectionalStream();
      }
    } catch (IOException e) {
      // The stream ended before it said what it belongs to.
    }
    stream.abortReading(WebTransportNumbers.WT_BUFFERED_STREAM_REJECTED);
  }

  private void onBidirectionalStream(HttpStream stream) {
    KwikTunnel established = tunnel;
    try {
      Varint.read(stream.getInputStream());
      long session = Varint.read(stream.getInputStream());
      if (established != null && session == established.streamId()) {
        established.receiver().onStream(stream.getInputStream(), stream.getOutputStream());
        return;
      }
    } catch (IOException e) {
      // The stream ended before it said what it belongs to.
    }
    stream.abortReading(WebTransportNumbers.WT_BUFFERED_STREAM_REJECTED);
    stream.resetStream(WebTransportNumbers.WT_BUFFERED_STREAM_REJECTED);
  }

  private final class WebTransportExtension
      implements Http3ServerExtensionFactory, Http3ServerExtension {
    @Override
    public Map<Long, Long> getExtensionSettings() {
      return WebTransportNumbers.EDGE_SETTINGS;
    }

    @Override
    public Http3ServerExtension createExtension(Http3ServerConnection connection) {
      return this;
    }

    @Override
    public void handleExtendedConnect(
        HttpHeaders headers,
        String protocol,
        @Nullable String authority,
        @Nullable String pathAndQuery,
        IntConsumer status,
        HttpStream stream) {
      var request =
          new KwikConnectRequest(
              pathAndQuery == null ? "" : pathAndQuery,
              authority == null ? "" : authority,
              headers.firstValue("origin").orElse(null),
              status,
              stream);
      if (!quic.canSendDatagram()) {
        request.answer(400);
      } else if (!requested.compareAndSet(false, true)) {
        request.answer(429);
      } else {
        acceptor.onConnect(request);
        request.readCapsules();
      }
    }
  }

  private final class KwikConnectRequest implements Engine.ConnectRequest {
    private final String pathAndQuery;
    private final String authority;
    private final @Nullable String origin;
    private final IntConsumer status;
    private final HttpStream stream;
    private @Nullable KwikTunnel accepted;

    KwikConnectRequest(
        String pathAndQuery,
        String authority,
        @Nullable String origin,
        IntConsumer status,
        HttpStream stream) {
      this.pathAndQuery = pathAndQuery;
      this.authority = authority;
      this.origin = origin;
      this.status = status;
      this.stream = stream;
    }

    @Override
    public String pathAndQuery() {
      return pathAndQuery;
    }

    @Override
    public String authority() {
      return authority;
    }

    @Override
    public @Nullable String origin() {
      return origin;
    }

    @Override
    public InetAddress remoteAddress() {
      return KwikConnection.this.remoteAddress().getAddress();
    }

    @Override
    public void refuse(int code) {
      requested.set(false);
      answer(code);
    }

    /// Refuses what never came to the acceptor.
    void answer(int code) {
      counters.requestsRefused.increment();
      status.accept(code);
    }

    @Override
    public Engine.Tunnel accept(Engine.Receiver receiver, Outbox outbox) {
      var made = new KwikTunnel(quic, stream, receiver, outbox, counters);
      accepted = made;
      // Before the answer, so that what the peer sends upon it finds the session.
      tunnel = made;
      whenAccepted.accept(KwikConnection.this.remoteAddress());
      status.accept(200);
      return made;
    }

    /// Blocks for as long as the accepted session lasts.
    void readCapsules() {
      if (accepted != null) {
        accepted.readCapsules();
      }
    }
  }
}
