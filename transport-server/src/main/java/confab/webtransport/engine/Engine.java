package confab.webtransport.engine;

import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.webtransport.certificates.Credentials;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// All that the WebTransport layer needs of a QUIC engine with HTTP/3: extended CONNECT requests to
/// be accepted or refused, datagrams both ways, one bidirectional stream, and an end with a reason.
/// Nothing above this interface knows which engine runs.
public interface Engine extends AutoCloseable {
  /// The UDP address on which it listens.
  InetSocketAddress address();

  /// Presents these credentials to connections that begin from now on; others go on undisturbed.
  void use(Credentials credentials);

  /// Ends every connection and frees the port.
  @Override
  void close();

  /// Takes the CONNECT requests.
  @FunctionalInterface
  interface Acceptor {
    /// Called on a virtual thread of the request's own, which it may block; it returns when it has
    /// answered the request, once, either way.
    void onConnect(ConnectRequest request);
  }

  /// An extended CONNECT for `webtransport` that waits for its answer (RFC 9220).
  interface ConnectRequest {
    /// As in `/wt?room=demo`; empty when the request has none.
    String pathAndQuery();

    String authority();

    @Nullable String origin();

    InetAddress remoteAddress();

    void refuse(int status);

    /// Answers 200 and returns the established session.
    ///
    /// @param outbox whence datagrams are taken when the link has room for them
    Tunnel accept(Receiver receiver, Outbox outbox);
  }

  /// An established WebTransport session. May be used from any thread.
  interface Tunnel {
    /// Says that there is something new in the outbox. Never blocks.
    void datagramsReady();

    /// Tells the peer why and, a moment later, lets go of the connection. Never blocks.
    void close(CloseReason reason);
  }

  /// What the engine tells of a session, from the moment in which it is accepted.
  interface Receiver {
    /// A datagram's payload, on the connection's receive thread: do not block, do not keep it.
    void onDatagram(ByteBuffer payload);

    /// The peer opened a bidirectional stream. Called on a virtual thread of the stream's own,
    /// which may be blocked for as long as the stream lives.
    void onStream(InputStream in, OutputStream out);

    /// The peer opened a unidirectional stream, which the engine has refused.
    void onUnidirectionalStream();

    /// The session is over for a reason not of our making. May come more than once. Never blocks.
    void onGone(CloseReason reason);
  }
}
