package confab.bus;

import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// Makes what NATS's own tool for decentralised login makes: an operator who vouches for an
/// account, which vouches for a user, who has the credentials.
final class NatsOperator {
  private static final String UNLIMITED =
      """
      "limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,\
      "conn":-1,"leaf":-1},\
      """;

  private final NKey operator = NKey.createOperator(null);
  private final NKey account = NKey.createAccount(null);
  private final NKey user = NKey.createUser(null);

  NatsOperator() throws IOException, GeneralSecurityException {}

  String serverConfig() throws IOException, GeneralSecurityException {
    return """
    operator: %s
    resolver: MEMORY
    resolver_preload: { %s: %s }
    """
        .formatted(
            token(operator, operator, "operator", ""),
            key(account),
            token(operator, account, "account", UNLIMITED));
  }

  /// The content of a `.creds` file.
  String credentials() throws IOException, GeneralSecurityException {
    return """
    -----BEGIN NATS USER JWT-----
    %s
    ------END NATS USER JWT------

    ************************* IMPORTANT *************************
    NKEY Seed printed below can be used to sign and prove identity.

    -----BEGIN USER NKEY SEED-----
    %s
    ------END USER NKEY SEED------
    """
        .formatted(
            token(account, user, "user", "\"subs\":-1,\"data\":-1,\"payload\":-1,"),
            new String(user.getSeed()));
  }

  private static String token(NKey issuer, NKey subject, String type, String rights)
      throws IOException, GeneralSecurityException {
    String claims =
        """
        {"jti":"%s","iat":%d,"iss":"%s","sub":"%s","name":"test","nats":{%s"type":"%s","version":2}}\
        """
            .formatted(
                type, System.currentTimeMillis() / 1000, key(issuer), key(subject), rights, type);
    String content = base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}") + "." + base64(claims);
    return content + "." + base64(issuer.sign(content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String key(NKey key) throws IOException, GeneralSecurityException {
    return new String(key.getPublicKey());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
