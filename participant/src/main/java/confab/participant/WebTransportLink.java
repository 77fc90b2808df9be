package confab.participant;

import confab.participant.net.Alarm;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.address.Authority;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.CapsuleReader;
import confab.protocol.webtransport.ControlStream;
import confab.protocol.webtransport.PinnedTrust;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.flupke.HttpError;
import tech.kwik.flupke.HttpStream;
import tech.kwik.flupke.impl.Http3ClientConnectionImpl;

/// WebTransport over HTTP/3 as `docs/PROTOCOL.md` section 2.2 wants it, on Kwik and Flupke.
///
/// Bundles come on Kwik's receive thread, events on a virtual thread of the control stream. Two
/// more virtual threads read capsules and close.
final class WebTransportLink implements Link {
  private static final String NO_WARNING = "tech.kwik.core.no-security-warnings";

  /// What was written last needs a moment to leave before the connection goes.
  private static final Duration LINGER = Duration.ofMillis(200);

  private final Receiver receiver;
  private final QuicClientConnection quic;
  private final ExecutorService streams;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Http3ClientConnectionImpl http3;

  /// Set once, before anybody outside sees this link.
  private volatile @Nullable Tunnel tunnel;

  /// @param id that of the CONNECT stream; a datagram begins with a quarter of it (RFC 9297 §2.1)
  private record Tunnel(long id, HttpStream connect, HttpStream control) {}

  /// @param streams runs what reads streams of HTTP/3; ends with this
  WebTransportLink(QuicClientConnection quic, ExecutorService streams, Receiver receiver) {
    this.quic = quic;
    this.streams = streams;
    this.receiver = receiver;
    quic.setDatagramHandler(this::onDatagram, new SameThread());
    quic.setConnectionListener(
        event -> Thread.startVirtualThread(() -> onDisconnected(event.errorDescription())));
    http3 = new Http3ClientConnectionImpl(quic, streams);
    WebTransportNumbers.CLIENT_SETTINGS.forEach(http3::addSettingsParameter);
  }

  /// Blocks until the edge has admitted the participant; an interrupt ends that.
  ///
  /// @param url with the query parameters
  /// @param address of its host
  /// @param hashes see [EdgeAddress]
  /// @throws JoinException also when that took longer than `timeout`
  static WebTransportLink open(
      URI url, InetAddress address, List<String> hashes, Receiver receiver, Duration timeout)
      throws JoinException {
    String where = url.getScheme() + "://" + url.getAuthority() + " over WebTransport";
    WebTransportLink link;
    try {
      QuicClientConnection quic = newQuic(url, address, hashes, timeout);
      link = new WebTransportLink(quic, Executors.newVirtualThreadPerTaskExecutor(), receiver);
    } catch (IOException | RuntimeException e) {
      throw JoinException.unreachable(where, e);
    }
    // Flupke waits for the answer to CONNECT without a limit; ending the connection ends that.
    var alarm = new Alarm(timeout, link::abort);
    try {
      link.connect(readable(url, address), timeout);
      if (!alarm.cancel()) {
        throw new SocketTimeoutException();
      }
      return link;
    } catch (HttpError e) {
      link.abort();
      throw JoinException.refused(url.resolve("/"), e.getStatusCode());
    } catch (IOException | RuntimeException e) {
      link.abort();
      throw JoinException.unreachable(where, e);
    } finally {
      boolean _ = alarm.cancel();
    }
  }

  private static QuicClientConnection newQuic(
      URI url, InetAddress address, List<String> hashes, Duration timeout) throws IOException {
    Authority edge = Authority.in(url);
    var builder =
        QuicClientConnection.newBuilder()
            .host(edge.bareHost())
            // Kwik's word for the address to send to, should that not be the host.
            .proxy(address.getHostAddress())
            .port(edge.portOr(url.getScheme()))
            .applicationProtocol(WebTransportNumbers.ALPN)
            .connectTimeout(timeout)
            .enableDatagramExtension();
    if (!hashes.isEmpty()) {
      // The first call turns off the check of the name as well, the second decides whom to trust.
      builder.noServerCertificateCheck().customTrustManager(new PinnedTrust(hashes));
    }
    return buildWithoutWarning(builder);
  }

  /// Kwik warns on standard output that nothing checks the certificate, which is not so here, and
  /// would spoil what `--json` prints.
  private static synchronized QuicClientConnection buildWithoutWarning(
      QuicClientConnection.Builder builder) throws IOException {
    String before = System.getProperty(NO_WARNING);
    System.setProperty(NO_WARNING, "true");
    try {
      return builder.build();
    } finally {
      if (before == null) {
        System.clearProperty(NO_WARNING);
      } else {
        System.setProperty(NO_WARNING, before);
      }
    }
  }

  /// Kwik turns an interrupt into a bare exception.
  private void shakeHands() throws IOException {
    try {
      http3.connect();
    } catch (RuntimeException e) {
      if (e.getMessage() == null && e.getCause() == null) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
  }

  private void connect(URI url, Duration timeout) throws IOException, HttpError {
    shakeHands();
    HttpStream connect;
    try {
      var request = HttpRequest.newBuilder(doubleEncoded(url));
      request.header(WebTransportNumbers.DRAFT_02_HEADER, "1");
      connect =
          http3.sendExtendedConnect(
              request.build(), WebTransportNumbers.PROTOCOL, "https", timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (!quic.isDatagramExtensionEnabled()) {
      throw new IOException("the edge takes no datagrams");
    }
    long id = connect.getStreamId();
    HttpStream control = http3.createBidirectionalStream();
    var opening = new ByteArrayOutputStream();
    opening.writeBytes(Varint.toBytes(WebTransportNumbers.WT_BIDIRECTIONAL_STREAM));
    opening.writeBytes(Varint.toBytes(id));
    control.getOutputStream().write(opening.toByteArray());
    tunnel = new Tunnel(id, connect, control);
    Thread.ofVirtual().name("capsules").start(() -> readCapsules(connect.getInputStream()));
    Thread.ofVirtual().name("events").start(() -> readEvents(control.getInputStream()));
  }

  /// To [URI] and so to Flupke a name with an underscore is none, and the edge would be told that
  /// it is called `null`. It is told its address instead.
  static URI readable(URI url, InetAddress address) {
    if (url.getHost() != null) {
      return url;
    }
    String host = address.getHostAddress();
    var literal =
        new Authority(host.contains(":") ? "[" + host + "]" : host, Authority.in(url).port());
    return URI.create(url.toString().replace("//" + url.getRawAuthority(), "//" + literal));
  }

  /// Flupke sends the decoded query: what is encoded twice arrives encoded once.
  static URI doubleEncoded(URI url) {
    return URI.create(url.toString().replace("%", "%25"));
  }

  @Override
  public Transport transport() {
    return Transport.WEBTRANSPORT;
  }

  private Tunnel tunnel() {
    return Objects.requireNonNull(tunnel, "not open");
  }

  private void readCapsules(InputStream in) {
    try {
      if (CapsuleReader.awaitClose(in) instanceof Capsule.CloseSession(long code, String reason)) {
        end(Optional.of(CloseReason.fromCode(code)), reason);
      } else {
        end(Optional.empty(), "the edge ended the session");
      }
    } catch (IOException e) {
      end(Optional.empty(), "connection lost");
    }
  }

  private void readEvents(InputStream in) {
    try {
      byte[] event;
      while ((event = ControlStream.read(in, Event.MAX_BYTES)) != null) {
        receiver.onEvent(event);
      }
      // The close capsule, on its own stream, says why.
    } catch (IOException e) {
      end(Optional.empty(), "connection lost");
    }
  }

  private void onDatagram(byte[] datagram) {
    Tunnel current = tunnel;
    if (current == null
        || Varint.get(datagram, 0) != WebTransportNumbers.quarterStreamId(current.id())) {
      return;
    }
    int offset = Varint.encodedLength(datagram[0]);
    byte[] bundle = new byte[datagram.length - offset];
    System.arraycopy(datagram, offset, bundle, 0, bundle.length);
    receiver.onBundle(bundle);
  }

  /// A close capsule may still wait to be read: it knows more than the end of the connection.
  void onDisconnected(String description) {
    pause(LINGER);
    end(Optional.empty(), description == null ? "connection lost" : description);
  }

  private void end(Optional<CloseReason> reason, String detail) {
    end(() -> receiver.onEnd(new Session.Ending(reason, detail)));
  }

  /// The one end of this link, whoever wants it; only the first time counts.
  ///
  /// @param farewell what is to be done before the connection goes
  private void end(Runnable farewell) {
    if (over.compareAndSet(false, true)) {
      try {
        farewell.run();
        quic.close(WebTransportNumbers.H3_NO_ERROR, null);
      } catch (RejectedExecutionException e) {
        // Kwik has ended it meanwhile, and has no thread left to be told by.
      } finally {
        streams.shutdown();
      }
    }
  }

  @Override
  public boolean sendBundle(byte[] bundle) {
    byte[] prefix = Varint.toBytes(WebTransportNumbers.quarterStreamId(tunnel().id()));
    byte[] datagram = new byte[prefix.length + bundle.length];
    System.arraycopy(prefix, 0, datagram, 0, prefix.length);
    System.arraycopy(bundle, 0, datagram, prefix.length, bundle.length);
    try {
      quic.sendDatagram(datagram);
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Too long for this path, or the connection has ended, which its threads report.
      return false;
    }
  }

  @Override
  public void sendRequest(byte[] request) throws IOException {
    HttpStream control = tunnel().control();
    synchronized (control) {
      control.getOutputStream().write(ControlStream.frame(request));
      control.getOutputStream().flush();
    }
  }

  @Override
  public void close(CloseReason reason) {
    end(() -> sayGoodbye(reason));
  }

  private void sayGoodbye(CloseReason reason) {
    try (var out = tunnel().connect().getOutputStream()) {
      out.write(Capsule.close(reason));
    } catch (IOException e) {
      // The connection has ended already.
    }
    pause(LINGER);
  }

  private void abort() {
    end(() -> {});
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
