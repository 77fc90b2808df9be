package confab.bus;

import confab.pem.PemFile;
import confab.pem.PemPair;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides which NATS servers are trusted; [NatsIdentity] is what they are shown. jnats never asks
/// whether a certificate is that of the host that it dialled; this class compares the two as HTTPS
/// does (RFC 9110 section 4.3.4).
final class NatsTls extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;

  private NatsTls(X509ExtendedTrustManager authorities) {
    this.authorities = authorities;
  }

  /// Reads the files.
  ///
  /// @param asked is run whenever a server asks for a certificate
  /// @throws IllegalArgumentException with one line that says what is wrong with which file
  static SSLContext context(NatsConfig.Tls files, Runnable asked) {
    try {
      var context = SSLContext.getInstance("TLS");
      var identity = new NatsIdentity(shown(files), asked);
      context.init(
          new KeyManager[] {identity}, new TrustManager[] {trusted(files.authorities())}, null);
      return context;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot do TLS", e);
    }
  }

  private static NatsTls trusted(@Nullable Path authorities) throws GeneralSecurityException {
    return authorities == null ? OfTheJdk.TRUST : trust(store(authorities));
  }

  /// Read once: there are more than a hundred, and an outage makes several connections a second.
  private static final class OfTheJdk {
    static final NatsTls TRUST = read();

    private static NatsTls read() {
      try {
        return trust(null);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has no authorities to trust", e);
      }
    }
  }

  /// @param authorities null for those of the JDK
  private static NatsTls trust(@Nullable KeyStore authorities) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager manager) {
        return new NatsTls(manager);
      }
    }
    throw new IllegalStateException("the JDK has no trust manager for certificates");
  }

  private static KeyStore store(Path authorities) throws GeneralSecurityException {
    KeyStore store = emptyStore();
    for (X509Certificate each : PemFile.certificates(authorities)) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    return store;
  }

  private static @Nullable PemPair shown(NatsConfig.Tls files) throws CertificateException {
    Path certificate = files.certificate();
    return certificate == null
        ? null
        : PemPair.read(certificate, files.key() == null ? certificate : files.key());
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("a key store in memory", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket connection)) {
      throw new CertificateException("not a TLS connection");
    }
    SSLParameters parameters = connection.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    connection.setSSLParameters(parameters);
    authorities.checkServerTrusted(chain, keyExchange, connection);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw new CertificateException("no host to compare the certificate with");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no host to compare the certificate with");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
