package confab.webtransport.netty;

import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.certificates.Credentials;
import confab.webtransport.engine.EngineLimits;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http3.DefaultHttp3SettingsFrame;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.http3.Http3Settings;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// How QUIC and HTTP/3 are set up on Netty.
final class NettyCodecs {
  /// The UDP payload of the largest packet. Any path of IPv6 takes it (1280 bytes with the headers
  /// of IP and UDP, RFC 8200 §5), and a bundle of 1200 bytes has room in it where the peer's
  /// connection ids have at most 8 bytes.
  private static final int MAX_PACKET_BYTES = 1232;

  private static final int MAX_UNKNOWN_FRAME_BYTES = 1024;

  /// How many paths a connection may have. To quiche this is also how many addresses a peer may
  /// have over time, since it never forgets one.
  private static final int MAX_PATHS = 8;

  /// How many datagrams quiche keeps for Netty, which reads them once per batch of packets.
  private static final int RECEIVE_QUEUE = 128;

  /// BBR does not take every lost packet for a full link. Reno and CUBIC do, and let less than half
  /// of a conversation through lossy links (docs/decisions/0012).
  private static final QuicCongestionControlAlgorithm CONGESTION_CONTROL =
      QuicCongestionControlAlgorithm.BBR;

  /// How keys are agreed on, the best first: a call that is recorded today cannot be read by a
  /// quantum computer of tomorrow.
  private static final String[] GROUPS = {"X25519MLKEM768", "X25519", "P-256", "P-384"};

  private NettyCodecs() {}

  /// @throws IOException when Chromium would not talk to a server with such a key
  static QuicSslContext tls(Credentials credentials) throws IOException {
    String algorithm = credentials.key().getAlgorithm();
    if (!algorithm.equals("EC") && !algorithm.equals("RSA")) {
      throw new IOException("QUIC cannot use a certificate with a key of kind " + algorithm);
    }
    try {
      return QuicSslContextBuilder.forServer(
              credentials.key(), null, credentials.chain().toArray(X509Certificate[]::new))
          .applicationProtocols(WebTransportNumbers.ALPN)
          .option(BoringSSLContextOption.GROUPS, GROUPS)
          .build();
    } catch (RuntimeException e) {
      throw new IOException("QUIC cannot use the certificate: " + e.getMessage(), e);
    }
  }

  /// The codec between one socket and its connections.
  ///
  /// @param tokens says who is asked to prove its address
  /// @param tls asked once per connection
  /// @param connection made once per connection
  static ChannelHandler quic(
      Duration idleTimeout,
      int idLength,
      QuicConnectionIdGenerator ids,
      QuicTokenHandler tokens,
      Supplier<QuicSslContext> tls,
      Function<QuicChannel, NettyConnection> connection) {
    return new QuicServerCodecBuilder()
        .sslEngineProvider(quic -> tls.get().newEngine(quic.alloc()))
        .localConnectionIdLength(idLength)
        .connectionIdAddressGenerator(ids)
        .tokenHandler(tokens)
        .maxIdleTimeout(idleTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .maxSendUdpPayloadSize(MAX_PACKET_BYTES)
        .maxRecvUdpPayloadSize(NettyTransport.MAX_RECEIVED_BYTES)
        .initialMaxData(EngineLimits.CONNECTION_BUFFER_BYTES)
        .initialMaxStreamDataBidirectionalLocal(EngineLimits.STREAM_BUFFER_BYTES)
        .initialMaxStreamDataBidirectionalRemote(EngineLimits.STREAM_BUFFER_BYTES)
        .initialMaxStreamDataUnidirectional(EngineLimits.STREAM_BUFFER_BYTES)
        .initialMaxStreamsBidirectional(EngineLimits.MAX_STREAMS)
        .initialMaxStreamsUnidirectional(EngineLimits.MAX_STREAMS)
        .activeMigration(true)
        .activeConnectionIdLimit(MAX_PATHS)
        .datagram(RECEIVE_QUEUE, NettyTunnel.SEND_QUEUE)
        .congestionControlAlgorithm(CONGESTION_CONTROL)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel quic) {
                NettyConnection made = connection.apply(quic);
                quic.pipeline().addLast(made, http3(made));
              }
            })
        .build();
  }

  private static ChannelHandler http3(NettyConnection connection) {
    var requests =
        new ChannelInitializer<QuicStreamChannel>() {
          @Override
          protected void initChannel(QuicStreamChannel stream) {
            stream.pipeline().addLast(new NettyRequestStream(connection));
          }
        };
    return new Http3ServerConnectionHandler(
        requests,
        null,
        type ->
            type == WebTransportNumbers.WT_UNIDIRECTIONAL_STREAM
                ? new NettyUnidirectionalStream(connection)
                : new NettyRefusedStream(),
        new DefaultHttp3SettingsFrame(settings()),
        true,
        null,
        null,
        MAX_UNKNOWN_FRAME_BYTES);
  }

  private static Http3Settings settings() {
    Http3Settings settings =
        new Http3Settings((id, value) -> true)
            .maxFieldSectionSize(EngineLimits.MAX_HEADER_BYTES)
            .enableConnectProtocol(true);
    WebTransportNumbers.EDGE_SETTINGS.forEach(settings::put);
    return settings;
  }
}
