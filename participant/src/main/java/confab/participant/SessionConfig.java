package confab.participant;

import confab.participant.token.TokenSource;
import confab.protocol.Query;
import java.net.URI;
import java.time.Duration;

/// Who joins what, where. Ids and name go to the edge as they are: refusing them is its affair.
///
/// @param url of the deployment's HTTP API, such as `http://localhost:8080`; it is asked for edges
///     at the beginning and whenever a connection is lost
/// @param room 1 to 64 of a-z, 0-9 and `-`
/// @param user 1 to 64 letters, digits, `.`, `_` and `-`; need not be the only one of that id
/// @param name what the others see, 1 to 64 characters
/// @param insecure accept any certificate of an `https` API and of the WebSocket; WebTransport
///     trusts the certificates that the API lists, or those that the JDK trusts when it lists none
/// @param tokens that grant the join
/// @param patience how long to look for an edge after the connection is lost; when zero, the
///     session ends with its connection, but still moves when the edge asks for it
public record SessionConfig(
    URI url,
    String room,
    String user,
    String name,
    Transport transport,
    boolean insecure,
    TokenSource tokens,
    Duration patience) {
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

  /// The name is the user id, either transport will do, and certificates have to be good ones.
  ///
  /// @throws IllegalArgumentException when `url` is none
  public SessionConfig(String url, String room, String user) {
    this(url, room, user, Transport.AUTO);
  }

  /// The same over a given transport.
  public SessionConfig(String url, String room, String user, Transport transport) {
    this(URI.create(url), room, user, user, transport, false, TokenSource.NONE, DEFAULT_PATIENCE);
  }

  public SessionConfig withName(String newName) {
    return new SessionConfig(url, room, user, newName, transport, insecure, tokens, patience);
  }

  public SessionConfig withToken(String token) {
    return withTokens(TokenSource.of(token));
  }

  public SessionConfig withTokens(TokenSource newTokens) {
    return new SessionConfig(url, room, user, name, transport, insecure, newTokens, patience);
  }

  public SessionConfig withInsecure(boolean newInsecure) {
    return new SessionConfig(url, room, user, name, transport, newInsecure, tokens, patience);
  }

  public SessionConfig withPatience(Duration newPatience) {
    return new SessionConfig(url, room, user, name, transport, insecure, tokens, newPatience);
  }

  /// The parameters of every URL that is about joining.
  Query query() {
    return Query.of("room", room, "user", user, "name", name);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "SessionConfig[%s, %s as %s over %s]".formatted(url, room, user, transport.label());
  }
}
