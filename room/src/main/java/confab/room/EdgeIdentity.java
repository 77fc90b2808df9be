package confab.room;

import confab.protocol.EdgeRun;
import confab.protocol.ResumeToken;
import confab.protocol.Seal;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/// Who an edge is to the others and to participants.
///
/// @param name as its operator calls it; two edges may bear the same
/// @param resumeKeys of resume tokens: the first signs, all of them verify. Edges that share one
///     take each other's tokens
/// @param seal of what it says on the bus
public record EdgeIdentity(String name, EdgeRun run, List<SecretKeySpec> resumeKeys, Seal seal) {
  private static final int KEY_BYTES = 32;

  public EdgeIdentity {
    resumeKeys = List.copyOf(resumeKeys);
    if (resumeKeys.isEmpty()) {
      throw new IllegalArgumentException("an edge signs with some key");
    }
  }

  /// An edge that shares no key with others: its resume tokens are good for this run of it only.
  public static EdgeIdentity named(String name) {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    var key = ResumeToken.key(HexFormat.of().formatHex(secret));
    return new EdgeIdentity(name, EdgeRun.random(), List.of(key), Seal.none());
  }

  /// @param secrets texts that the edges share; the first signs
  public static EdgeIdentity named(String name, List<String> secrets) {
    List<SecretKeySpec> keys = secrets.stream().map(ResumeToken::key).toList();
    return new EdgeIdentity(name, EdgeRun.random(), keys, Seal.by(keys));
  }
}
