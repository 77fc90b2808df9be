package confab.bus;

import confab.pem.PemPair;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate that an edge shows to a server that asks for one, and that it was asked: such a
/// server ends the connection without saying why.
final class NatsIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "edge";

  private final @Nullable PemPair shown;
  private final Runnable asked;

  /// @param shown null when there is nothing to show
  /// @param asked is run whenever a server asks
  NatsIdentity(@Nullable PemPair shown, Runnable asked) {
    this.shown = shown;
    this.asked = asked;
  }

  /// Also where the server names other issuers: it does not take the certificate then.
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    asked.run();
    return shown != null && List.of(keyTypes).contains(shown.key().getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return shown == null ? null : shown.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return shown == null ? null : shown.key();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return shown == null ? null : new String[] {ALIAS};
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
