package confab.webtransport.kwik;

import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.ControlStream;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.rig.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.flupke.HttpError;
import tech.kwik.flupke.HttpStream;
import tech.kwik.flupke.impl.Http3ClientConnectionImpl;

/// The wire in the hands of a test: it can do what a well-behaved participant would not. What comes
/// from the edge is gathered in lists.
public final class RawParticipant implements AutoCloseable {
  private static final List<Duration> TRIES =
      List.of(Duration.ofSeconds(3), Duration.ofSeconds(10), Patience.LIMIT);

  public final List<Event> events = new CopyOnWriteArrayList<>();
  public final List<byte[]> bundles = new CopyOnWriteArrayList<>();
  public final List<X509Certificate> certificates = new CopyOnWriteArrayList<>();
  public volatile Capsule.@Nullable CloseSession closed;
  public volatile boolean gone;
  public final QuicClientConnection quic;
  private final MovingSocket socket = new MovingSocket();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Http3ClientConnectionImpl http3;
  private @Nullable HttpStream connect;
  private @Nullable HttpStream controlStream;
  private @Nullable OutputStream control;

  private RawParticipant(InetSocketAddress edge, Duration limit) throws IOException {
    quic =
        QuicClientConnection.newBuilder()
            // Kwik compares names but not addresses with the certificate.
            .uri(URI.create("https://localhost:" + edge.getPort()))
            .proxy("127.0.0.1")
            .applicationProtocol(WebTransportNumbers.ALPN)
            .connectTimeout(limit)
            .customTrustManager(new Recording())
            .enableDatagramExtension()
            .socketFactory(destination -> socket)
            .logger(new NullLogger())
            .build();
    quic.setConnectionListener(event -> gone = true);
    quic.setDatagramHandler(this::onDatagram, new SameThreadExecutor());
    http3 = new Http3ClientConnectionImpl(quic, executor);
    WebTransportNumbers.CLIENT_SETTINGS.forEach(http3::addSettingsParameter);
  }

  /// Connected, and nothing asked for yet. In several tries, as the headless tools dial: once in a
  /// few hundred times Kwik's client loses an answer that comes before it has noted what it asked,
  /// and on a busy machine more often.
  public static RawParticipant dial(InetSocketAddress edge) throws IOException {
    ConnectException failed = new ConnectException();
    for (Duration limit : TRIES) {
      try {
        return dial(edge, limit);
      } catch (ConnectException e) {
        failed = e;
      }
    }
    throw failed;
  }

  private static RawParticipant dial(InetSocketAddress edge, Duration limit) throws IOException {
    var participant = new RawParticipant(edge, limit);
    try {
      participant.http3.connect();
      return participant;
    } catch (IOException e) {
      participant.close();
      throw e;
    }
  }

  /// Frames travel together when they come together, and Kwik may deliver a datagram twice.
  public long framesHeard() {
    return bundles.stream()
        .flatMap(bundle -> Frame.parseBundle(bundle).stream())
        .mapToInt(Frame::sequence)
        .distinct()
        .count();
  }

  /// What the edge has announced.
  public OptionalLong setting(long id) {
    return http3.getPeerSettingsParameter(id).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /// The status of a CONNECT for `pathAndQuery` from a page of `origin`.
  public int request(InetSocketAddress edge, String pathAndQuery, @Nullable String origin)
      throws IOException, InterruptedException {
    return connect(edge, WebTransportNumbers.PROTOCOL, pathAndQuery, origin);
  }

  /// The same under another name of the protocol.
  public int connect(
      InetSocketAddress edge, String protocol, String pathAndQuery, @Nullable String origin)
      throws IOException, InterruptedException {
    return connect("127.0.0.1:" + edge.getPort(), protocol, pathAndQuery, origin);
  }

  /// The status of a CONNECT that asks for another host than the one that was dialled.
  public int requestOf(String authority, String pathAndQuery)
      throws IOException, InterruptedException {
    return connect(authority, WebTransportNumbers.PROTOCOL, pathAndQuery, null);
  }

  private int connect(
      String authority, String protocol, String pathAndQuery, @Nullable String origin)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("https://" + authority + pathAndQuery));
    if (origin != null) {
      request.header("origin", origin);
    }
    try {
      connect = http3.sendExtendedConnect(request.build(), protocol, "https", Patience.LIMIT);
    } catch (HttpError e) {
      return e.getStatusCode();
    }
    executor.execute(this::readCapsules);
    return 200;
  }

  /// In several tries, too: the answer that is lost may be that to the request.
  public static RawParticipant join(InetSocketAddress edge, String room, String user)
      throws Exception {
    for (Duration limit : TRIES) {
      var participant = dial(edge);
      var status =
          new FutureTask<>(
              () -> participant.request(edge, "/wt?room=" + room + "&user=" + user, null));
      participant.executor.execute(status);
      try {
        if (status.get(limit.toMillis(), TimeUnit.MILLISECONDS) != 200) {
          throw new IOException("status " + status.get());
        }
        participant.openControl();
        participant.send(new Request.Enter());
        return participant;
      } catch (TimeoutException e) {
        participant.close();
      }
    }
    throw new IOException("no answer");
  }

  public void openControl() throws IOException {
    HttpStream stream = openStream();
    controlStream = stream;
    control = stream.getOutputStream();
    executor.execute(() -> readEvents(stream.getInputStream()));
  }

  /// A control stream of which nothing is ever read.
  public void openControlUnread() throws IOException {
    control = openStream().getOutputStream();
  }

  /// @param reset rather than a clean end
  public void endControl(boolean reset) throws IOException {
    if (reset) {
      java.util.Objects.requireNonNull(controlStream).resetStream(WebTransportNumbers.httpError(0));
    } else {
      java.util.Objects.requireNonNull(control).close();
    }
  }

  /// On a request of its own, of which nothing else comes.
  public void sendUnknownFrame(int length) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(Varint.toBytes(0x21 + 0x1f * 7));
    frame.writeBytes(Varint.toBytes(length));
    frame.writeBytes(new byte[length]);
    quic.createStream(true).getOutputStream().write(frame.toByteArray());
  }

  /// One more bidirectional stream of the session.
  public HttpStream openStream() throws IOException {
    return openStream(sessionId());
  }

  /// One of whatever session.
  public HttpStream openStream(long session) throws IOException {
    HttpStream stream = http3.createBidirectionalStream();
    stream.getOutputStream().write(Varint.toBytes(WebTransportNumbers.WT_BIDIRECTIONAL_STREAM));
    stream.getOutputStream().write(Varint.toBytes(session));
    return stream;
  }

  public QuicStream openUnidirectionalStream(long session) throws IOException {
    QuicStream stream = quic.createStream(false);
    // In one piece: the edge may refuse the stream as soon as it knows the type.
    var beginning = new ByteArrayOutputStream();
    beginning.writeBytes(Varint.toBytes(WebTransportNumbers.WT_UNIDIRECTIONAL_STREAM));
    beginning.writeBytes(Varint.toBytes(session));
    stream.getOutputStream().write(beginning.toByteArray());
    return stream;
  }

  public long sessionId() {
    return connect().getStreamId();
  }

  public HttpStream connect() {
    return java.util.Objects.requireNonNull(connect);
  }

  public void send(Request request) throws IOException {
    sendControl(ControlStream.frame(request.toBytes()));
  }

  public void sendControl(byte[] bytes) throws IOException {
    java.util.Objects.requireNonNull(control).write(bytes);
  }

  public void sendBundle(byte[] bundle) {
    sendDatagram(WebTransportNumbers.quarterStreamId(sessionId()), bundle);
  }

  public void sendDatagram(long quarterStreamId, byte[] payload) {
    var datagram = new ByteArrayOutputStream();
    datagram.writeBytes(Varint.toBytes(quarterStreamId));
    datagram.writeBytes(payload);
    quic.sendDatagram(datagram.toByteArray());
  }

  public <T extends Event> List<T> eventsOf(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void onDatagram(byte[] datagram) {
    int prefix = Varint.encodedLength(datagram[0]);
    bundles.add(java.util.Arrays.copyOfRange(datagram, prefix, datagram.length));
  }

  private void readEvents(InputStream in) {
    try {
      for (byte[] message = ControlStream.read(in, Event.MAX_BYTES);
          message != null;
          message = ControlStream.read(in, Event.MAX_BYTES)) {
        events.addAll(Event.parse(message));
      }
    } catch (IOException e) {
      // The edge went.
    }
  }

  private void readCapsules() {
    try {
      InputStream in = connect().getInputStream();
      for (Capsule capsule = Capsule.read(in); capsule != null; capsule = Capsule.read(in)) {
        if (capsule instanceof Capsule.CloseSession close) {
          closed = close;
        }
      }
    } catch (IOException e) {
      // The edge went.
    }
  }

  @Override
  public void close() {
    quic.close();
    executor.shutdownNow();
  }

  /// From now on nothing leaves any more, not even a goodbye, as when a cable is pulled.
  public void cut() {
    socket.cut = true;
  }

  public void mend() {
    socket.cut = false;
  }

  /// From now on everything leaves from another port, as when a router has forgotten who we are.
  public void move() throws SocketException {
    socket.move();
  }

  /// What Kwik believes to be one socket.
  private static final class MovingSocket extends DatagramSocket {
    private volatile DatagramSocket current = new DatagramSocket();
    private volatile boolean cut;

    MovingSocket() throws SocketException {
      super((SocketAddress) null);
    }

    void move() throws SocketException {
      DatagramSocket before = current;
      current = new DatagramSocket();
      before.close();
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
      if (!cut) {
        current.send(packet);
      }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
      for (DatagramSocket read = current; ; read = current) {
        try {
          read.receive(packet);
          return;
        } catch (IOException e) {
          if (read == current) {
            throw e;
          }
        }
      }
    }

    @Override
    public int getLocalPort() {
      return current.getLocalPort();
    }

    @Override
    public void close() {
      current.close();
      super.close();
    }
  }

  /// Trusts everything and remembers what it was shown.
  private final class Recording implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      certificates.add(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
