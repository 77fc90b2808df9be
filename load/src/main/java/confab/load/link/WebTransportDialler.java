package confab.load.link;

import confab.protocol.Query;
import confab.protocol.webtransport.WebTransportNumbers;
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
public final class WebTransportDialler implements Link.Dialler {
  private final URI url;
  private final InetSocketAddress address;
  private final QuicSockets sockets;

  public WebTransportDialler(URI url, InetSocketAddress address, QuicSockets sockets) {
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
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Link.PATIENCE_MILLIS)
        .remoteAddress(address)
        .connect()
        .addListener((Future<QuicChannel> quic) -> link.onConnected(quic));
    return link;
  }

  private static Http3ClientConnectionHandler newHttp3() {
    var settings = new Http3Settings((_, _) -> true);
    WebTransportNumbers.CLIENT_SETTINGS.forEach(settings::put);
    return new Http3ClientConnectionHandler(
        null, null, null, new DefaultHttp3SettingsFrame(settings), true);
  }
}
