package confab.load;

import confab.protocol.Query;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;

/// Makes links over WebTransport to one edge, over shared sockets.
final class WebTransportDialler implements Link.Dialler {
  /// ENABLE_WEBTRANSPORT of draft-ietf-webtrans-http3-02 section 3.1.
  private static final long ENABLE_WEBTRANSPORT = 0x2b60_3742;

  private final URI url;
  private final InetSocketAddress address;
  private final QuicSockets sockets;

  WebTransportDialler(URI url, InetSocketAddress address, QuicSockets sockets) {
    this.url = url;
    this.address = address;
    this.sockets = sockets;
  }

  @Override
  public String where() {
    return url.getScheme() + "://" + url.getAuthority();
  }

  @Override
  public Link dial(Query query, Link.Owner owner) {
    var link = new WebTransportLink(query.on(url), owner);
    QuicChannel.newBootstrap(sockets.next())
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel quic) {
                quic.pipeline().addLast(newHttp3(), link);
              }
            })
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Participant.PATIENCE_MILLIS)
        .remoteAddress(address)
        .connect()
        .addListener((Future<QuicChannel> quic) -> link.onConnected(quic));
    return link;
  }

  private static Http3ClientConnectionHandler newHttp3() {
    var settings = new Http3Settings((id, _) -> id == ENABLE_WEBTRANSPORT);
    settings.enableH3Datagram(true).put(ENABLE_WEBTRANSPORT, 1L);
    return new Http3ClientConnectionHandler(
        null, null, null, new DefaultHttp3SettingsFrame(settings), true);
  }
}
