package confab.load.link;

import confab.protocol.Event;
import confab.protocol.Query;
import confab.protocol.address.Authority;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Makes links over WebSocket to one edge, each on a socket of its own.
public final class WebSocketDialler implements Link.Dialler {
  /// An event with a roster of some thousand participants, behind its first byte.
  private static final int MAX_MESSAGE_BYTES = 1 + Event.MAX_BYTES;

  private static final int MAX_ANSWER_BYTES = 8192;

  private final EventLoop loop;
  private final URI url;
  private final InetSocketAddress address;

  private final Sources sources;

  /// Null without TLS.
  private final @Nullable SslContext tls;

  public WebSocketDialler(
      EventLoop loop,
      Sources sources,
      URI url,
      InetSocketAddress address,
      @Nullable SslContext tls) {
    this.loop = loop;
    this.sources = sources;
    this.url = url;
    this.address = address;
    this.tls = tls;
  }

  /// Null when `url` is not of TLS.
  public static @Nullable SslContext tls(URI url, boolean insecure) throws LoadException {
    if (!url.getScheme().equals("wss")) {
      return null;
    }
    var builder = SslContextBuilder.forClient();
    if (insecure) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm("");
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw LoadException.unreachable(url.toString(), e);
    }
  }

  @Override
  public String where() {
    return url.getScheme() + "://" + url.getAuthority();
  }

  @Override
  public Link dial(Query query, Link.Owner owner) {
    var link = new WebSocketLink(owner);
    new Bootstrap()
        .group(loop)
        .channel(EventLoops.tcp())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Link.PATIENCE_MILLIS)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                fill(channel.pipeline(), query);
                channel.pipeline().addLast(link);
              }
            })
        .connect(address, sources.next())
        .addListener((ChannelFuture connection) -> link.onConnected(connection));
    return link;
  }

  private void fill(ChannelPipeline pipeline, Query query) {
    Authority edge = Authority.in(url);
    if (tls != null) {
      pipeline.addLast(
          tls.newHandler(
              pipeline.channel().alloc(), edge.bareHost(), edge.portOr(url.getScheme())));
    }
    var config =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(query.on(url))
            .customHeaders(new DefaultHttpHeaders().set(HttpHeaderNames.HOST, edge))
            // Netty would make it of a host that URI does not see where it has an underscore.
            .generateOriginHeader(false)
            .maxFramePayloadLength(MAX_MESSAGE_BYTES)
            .handleCloseFrames(false)
            .withUTF8Validator(false)
            .build();
    pipeline.addLast(
        new HttpClientCodec(),
        new HttpObjectAggregator(MAX_ANSWER_BYTES),
        new WebSocketClientProtocolHandler(config));
  }
}
