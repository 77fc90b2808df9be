package confab.access.login;

import confab.access.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The OpenID provider by which people log in, and what its claims mean here. Immutable.
///
/// @param issuer its address, as it writes it itself
/// @param clientId as which the provider knows this installation
/// @param secret by which this installation shows that it is; empty for a public client
/// @param scopes what is asked for
/// @param claims where the provider says what
/// @param groups what they may, besides what everybody may who has logged in
/// @param lifetime after which somebody has to log in again
public record LoginConfig(
    URI issuer,
    String clientId,
    Optional<Secret> secret,
    List<String> scopes,
    Claims claims,
    Groups groups,
    Duration lifetime) {
  /// So long somebody stays logged in, unless an operator says otherwise.
  public static final Duration LIFETIME = Duration.ofHours(12);

  /// @param user says who somebody is
  /// @param name how they are shown
  /// @param groups a list of groups that they are in, or one
  public record Claims(String user, String name, String groups) {
    public static final Claims USUAL = new Claims("preferred_username", "name", "groups");
  }

  /// @param hosts may moderate in all rooms
  /// @param admins may do what operators do
  public record Groups(Optional<String> hosts, Optional<String> admins) {
    public static final Groups NONE = new Groups(Optional.empty(), Optional.empty());
  }

  /// The client's secret.
  public sealed interface Secret {
    /// @throws IOException with one line that says what is wrong, and no secret
    String read() throws IOException;

    /// As it was given.
    record Given(String text) implements Secret {
      @Override
      public String read() {
        return text;
      }

      /// No secret.
      @Override
      public String toString() {
        return "Given";
      }
    }

    /// The first line of a file, which is read each time.
    record InFile(Path file) implements Secret {
      @Override
      public String read() throws IOException {
        return SecretFile.lines(file).stream()
            .findFirst()
            .orElseThrow(() -> new IOException(file + " has no secret"));
      }
    }
  }

  public LoginConfig {
    scopes = List.copyOf(scopes);
  }

  /// A provider whose claims have their usual names.
  public static LoginConfig of(URI issuer, String clientId, String secret) {
    return new LoginConfig(
        issuer,
        clientId,
        Optional.of(new Secret.Given(secret)),
        List.of("openid", "profile"),
        Claims.USUAL,
        Groups.NONE,
        LIFETIME);
  }
}
