package confab.webtransport.kwik;

import confab.protocol.webtransport.PinnedTrust;
import confab.protocol.webtransport.WebTransportNumbers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.log.NullLogger;
import tech.kwik.flupke.HttpError;
import tech.kwik.flupke.impl.Http3ClientConnectionImpl;

/// Dials the edge's own WebTransport port and asks for a path that is refused. This runs the code
/// of a join up to admission on both sides of the handshake, so that the first join finds it loaded
/// and compiled.
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int ROUNDS = 3;

  /// Kwik's client misses an answer that comes at once, one in a few hundred.
  private static final int ATTEMPTS = ROUNDS + 1;

  /// The tag of a dNSName among the subject's alternative names (RFC 5280 §4.2.1.6).
  private static final Integer DNS_NAME = 2;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private WarmUp() {}

  /// @param certificate what the edge presents: its key is trusted, and Kwik wants one of its names
  public static void run(InetSocketAddress address, X509Certificate certificate) {
    Optional<String> name = dnsName(certificate);
    if (name.isEmpty()) {
      return;
    }
    InetAddress host =
        address.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : address.getAddress();
    URI uri = URI.create("https://" + name.get() + ":" + address.getPort() + "/warm-up");
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      PinnedTrust trust = PinnedTrust.of(certificate);
      int rounds = 0;
      for (int i = 0; i < ATTEMPTS && rounds < ROUNDS; i++) {
        rounds += connects(uri, host, trust, executor) ? 1 : 0;
      }
    } catch (CertificateException e) {
      tell(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean connects(
      URI uri, InetAddress host, X509TrustManager trust, ExecutorService executor)
      throws InterruptedException {
    try {
      connect(uri, host, trust, executor);
      return true;
    } catch (IOException e) {
      tell(e);
      return false;
    }
  }

  private static void tell(Exception why) {
    LOG.atDebug().addKeyValue("why", why.getMessage()).log("not warmed up");
  }

  private static Optional<String> dnsName(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
          .flatMap(Collection::stream)
          .filter(name -> name.get(0).equals(DNS_NAME))
          .map(name -> ((String) name.get(1)).replace("*.", "warm-up."))
          .findFirst();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  private static void connect(
      URI uri, InetAddress host, X509TrustManager trust, ExecutorService executor)
      throws IOException, InterruptedException {
    QuicClientConnection quic =
        QuicClientConnection.newBuilder()
            .uri(uri)
            .proxy(host.getHostAddress())
            .applicationProtocol(WebTransportNumbers.ALPN)
            .connectTimeout(TIMEOUT)
            .customTrustManager(trust)
            .enableDatagramExtension()
            .logger(new NullLogger())
            .build();
    try {
      var http3 = new Http3ClientConnectionImpl(quic, executor);
      http3.connect();
      http3.sendExtendedConnect(
          HttpRequest.newBuilder(uri).build(), WebTransportNumbers.PROTOCOL, "https", TIMEOUT);
    } catch (HttpError e) {
      // The refusal that was asked for.
    } finally {
      quic.close();
    }
  }
}
