#!/bin/sh
# Netty's QUIC server (4.2.18.Final, quiche) answers a first packet of a version that it does not speak
# with Version Negotiation only when two bits of the first byte are those of an Initial of version 1.
# RFC 9000 section 6.1 asks for an answer to any such packet of at least 1,200 bytes, and RFC 8999
# section 5.1 leaves those bits to each version: version 2 (RFC 9369 section 3.2) has others for its
# Initial, so a client that begins with version 2 hears nothing and times out.
#
# Seen (Java 25, Linux x86-64):
#   version 1a2a3a4a, first byte c0: Version Negotiation: 00000001
#   version 1a2a3a4a, first byte d0: nothing
#   version 6b3343cf, first byte c0: Version Negotiation: 00000001
#   version 6b3343cf, first byte d0: nothing
#
# Needs Java 17 or newer, Maven and Linux on x86-64. Ends with 1 when anything else is seen.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.netty</groupId><artifactId>netty-codec-classes-quic</artifactId><version>4.2.18.Final</version></dependency>
    <dependency><groupId>io.netty</groupId><artifactId>netty-codec-native-quic</artifactId><version>4.2.18.Final</version><classifier>linux-x86_64</classifier></dependency>
    <dependency><groupId>io.netty</groupId><artifactId>netty-pkitesting</artifactId><version>4.2.18.Final</version></dependency>
    <dependency><groupId>org.bouncycastle</groupId><artifactId>bcpkix-jdk18on</artifactId><version>1.86</version></dependency>
  </dependencies>
</project>
POM

cat >Finding.java <<'JAVA'
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

class Finding {
  public static void main(String[] arguments) throws Exception {
    var made =
        new CertificateBuilder()
            .subject("CN=localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    var tls =
        QuicSslContextBuilder.forServer(
                made.getKeyPair().getPrivate(), null, made.getCertificate())
            .applicationProtocols("h3")
            .build();
    var codec =
        new QuicServerCodecBuilder()
            .sslContext(tls)
            .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
            .handler(new ChannelInboundHandlerAdapter())
            .streamHandler(new ChannelInboundHandlerAdapter())
            .build();
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var server =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(codec)
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    var address = (InetSocketAddress) server.localAddress();
    // One that is kept for exercising this, and version 2.
    for (int version : new int[] {0x1a2a3a4a, 0x6b3343cf}) {
      // The type of an Initial in version 1, and in version 2.
      for (int first : new int[] {0xc0, 0xd0}) {
        System.out.printf(
            "version %08x, first byte %02x: %s%n", version, first, ask(address, version, first));
      }
    }
    group.shutdownGracefully();
  }

  private static String ask(InetSocketAddress server, int version, int first) throws Exception {
    var packet = ByteBuffer.allocate(1200).put((byte) first).putInt(version);
    packet.put((byte) 8).putLong(42).put((byte) 8).putLong(43);
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(2000);
      socket.send(new DatagramPacket(packet.array(), 1200, server));
      var received = new DatagramPacket(new byte[1500], 1500);
      socket.receive(received);
      var answer = ByteBuffer.wrap(received.getData(), 0, received.getLength()).position(1);
      if (answer.getInt() != 0) {
        return "a packet of a version";
      }
      var text = new StringBuilder("Version Negotiation:");
      for (answer.position(23); answer.remaining() >= 4; ) {
        text.append(" %08x".formatted(answer.getInt()));
      }
      return text.toString();
    } catch (SocketTimeoutException e) {
      return "nothing";
    }
  }
}
JAVA

mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib >maven.log 2>&1 || { cat maven.log; exit 1; }
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'lib/*' Finding.java 2>java.log >seen || { cat java.log; exit 1; }
cat seen
cat >expected <<'SEEN'
version 1a2a3a4a, first byte c0: Version Negotiation: 00000001
version 1a2a3a4a, first byte d0: nothing
version 6b3343cf, first byte c0: Version Negotiation: 00000001
version 6b3343cf, first byte d0: nothing
SEEN
diff expected seen
