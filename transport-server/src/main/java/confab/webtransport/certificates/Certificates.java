package confab.webtransport.certificates;

import confab.protocol.figures.Figure;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificates of an edge, for TCP and UDP alike, kept current by a thread of their own:
/// self-made ones are renewed before they end, real ones read again when their files change.
/// Thread-safe.
public final class Certificates implements AutoCloseable {
  private static final long REFRESH_MILLIS = 2_000;

  private final CredentialSource source;
  private final List<Consumer<Credentials>> listeners = new CopyOnWriteArrayList<>();
  private final Thread refresher;

  Certificates(CredentialSource source) {
    this.source = source;
    refresher = Thread.ofVirtual().name("certificates").start(this::refreshForever);
  }

  /// Certificates that pages accept by their hash.
  ///
  /// @param names host names and IP addresses under which the edge is reached
  public static Certificates selfMade(Collection<String> names) {
    return new Certificates(new SelfMadeCredentials(names, Instant.now()));
  }

  /// Certificates that an authority vouches for.
  ///
  /// @param certificate a PEM file with the chain, the server's own certificate first
  /// @param key a PEM file with the private key, unencrypted
  /// @throws CertificateException with one line that says what is wrong with which file
  public static Certificates fromFiles(Path certificate, Path key) throws CertificateException {
    return new Certificates(new PemCredentials(certificate, key));
  }

  /// SHA-256 of the DER form of the certificates that a page may meet now or soon; empty when
  /// browsers trust them anyway.
  public List<byte[]> hashes() {
    return source.hashes();
  }

  public boolean selfMade() {
    return !source.hashes().isEmpty();
  }

  /// For TCP; every handshake gets the certificate that is current then.
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new CurrentKey()}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /// What to serve now.
  public Credentials current() {
    return source.current();
  }

  /// When what is served now ends, in seconds since 1970.
  @Figure(
      name = "certificate.not.after.seconds",
      gauge = true,
      value = "When the certificate that is served ends, in seconds since 1970")
  public long notAfterSeconds() {
    return current().certificate().getNotAfter().toInstant().getEpochSecond();
  }

  /// Calls `listener` on the refreshing thread whenever [#current] changed.
  public void onChange(Consumer<Credentials> listener) {
    listeners.add(listener);
  }

  private void refreshForever() {
    try {
      while (true) {
        Thread.sleep(REFRESH_MILLIS);
        refresh(Instant.now());
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  void refresh(Instant now) {
    if (source.refresh(now)) {
      listeners.forEach(listener -> listener.accept(source.current()));
    }
  }

  @Override
  public void close() {
    refresher.interrupt();
  }

  /// Answers every question with the current credentials.
  private final class CurrentKey extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return keyType.equals(current().key().getAlgorithm()) ? Credentials.ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return current().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return current().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {Credentials.ALIAS};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
