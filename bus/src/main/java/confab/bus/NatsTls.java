package confab.bus;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides which NATS servers are trusted. jnats never asks whether a certificate is that of the
/// host that it dialled; this class compares the two as HTTPS does (RFC 9110 section 4.3.4).
final class NatsTls extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;

  private NatsTls(X509ExtendedTrustManager authorities) {
    this.authorities = authorities;
  }

  /// @param trust a PEM file; null for the authorities of the JDK
  /// @throws IllegalArgumentException with one line that says what is wrong with the file
  static SSLContext context(@Nullable Path trust) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trust == null ? null : read(trust));
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager authorities) {
          var context = SSLContext.getInstance("TLS");
          context.init(null, new TrustManager[] {new NatsTls(authorities)}, null);
          return context;
        }
      }
      throw new IllegalStateException("the JDK has no trust manager for certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot do TLS", e);
    }
  }

  private static KeyStore read(Path file) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
      if (store.size() == 0) {
        throw new CertificateException("empty");
      }
      return store;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + " holds no certificate in PEM form", e);
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
