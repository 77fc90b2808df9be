package confab.webtransport.netty;

import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.webtransport.engine.Engine;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A request on Netty, from its headers to the answer. [#refuse] and [#accept] may be called from
/// any thread; the rest is the event loop's.
final class NettyConnectRequest implements Engine.ConnectRequest {
  private final NettyConnection connection;
  private final QuicStreamChannel stream;
  private final String pathAndQuery;
  private final String authority;
  private final @Nullable String origin;
  // Both written under this, so that whichever comes second tells the receiver.
  private Engine.@Nullable Receiver receiver;
  private @Nullable CloseReason gone;

  NettyConnectRequest(NettyConnection connection, QuicStreamChannel stream, Http3Headers headers) {
    this.connection = connection;
    this.stream = stream;
    pathAndQuery = text(headers.path());
    authority = text(headers.authority());
    CharSequence from = headers.get("origin");
    origin = from == null ? null : from.toString();
  }

  private static String text(@Nullable CharSequence value) {
    return value == null ? "" : value.toString();
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
    return connection.remoteAddress();
  }

  @Override
  public void refuse(int status) {
    connection.mayRequestAgain();
    answer(status);
  }

  /// Refuses what never came to the acceptor.
  void answer(int status) {
    connection.countRefused();
    boolean _ = write(status).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT).isDone();
  }

  @Override
  public Engine.Tunnel accept(Engine.Receiver accepted, Outbox outbox) {
    NettyTunnel tunnel = connection.establish(stream, accepted, outbox);
    CloseReason reason;
    synchronized (this) {
      receiver = accepted;
      reason = gone;
    }
    if (reason != null) {
      accepted.onGone(reason);
    }
    write(200);
    return tunnel;
  }

  private ChannelFuture write(int status) {
    Http3Headers headers = new DefaultHttp3Headers().status(Integer.toString(status));
    return stream.writeAndFlush(new DefaultHttp3HeadersFrame(headers));
  }

  /// The CONNECT stream says that the session is over.
  void gone(CloseReason reason) {
    Engine.Receiver accepted;
    synchronized (this) {
      if (gone == null) {
        gone = reason;
      }
      accepted = receiver;
    }
    if (accepted != null) {
      accepted.onGone(reason);
    }
  }
}
