package confab.protocol.logins;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.Optional;

/// Somebody whom an edge has sent to an OpenID provider, and how it is known that they come back
/// from there. Immutable.
///
/// @param codeVerifier RFC 7636 section 4.1
/// @param page the path from which they came
/// @param expires whole milliseconds
public record LoginAttempt(
    String state, String nonce, String codeVerifier, String page, Instant expires) {
  public byte[] toBytes() {
    return confab.protocol.wire.LoginAttempt.newBuilder()
        .setState(state)
        .setNonce(nonce)
        .setCodeVerifier(codeVerifier)
        .setPage(page)
        .setExpires(expires.toEpochMilli())
        .build()
        .toByteArray();
  }

  /// Empty when no edge writes such a one.
  public static Optional<LoginAttempt> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.LoginAttempt.parseFrom(bytes);
      return Optional.of(
          new LoginAttempt(
              wire.getState(),
              wire.getNonce(),
              wire.getCodeVerifier(),
              wire.getPage(),
              Instant.ofEpochMilli(wire.getExpires())));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
