package confab.bus;

import confab.protocol.address.Authority;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the NATS servers are, and how to log in to them. What cannot be right is refused by an
/// [IllegalArgumentException] with one line for a person; so are files that cannot be used, by
/// [NatsBus#connect].
///
/// @param servers `nats://host[:port]` or `tls://host[:port]`, tried in any order; those that a
///     server tells of are not used. One `tls` makes all connections encrypted
/// @param login the same for all servers
/// @param tls a file there makes all connections encrypted
/// @param name what the servers call this connection in their logs and monitoring
public record NatsConfig(List<URI> servers, Login login, Tls tls, String name) {
  public NatsConfig {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no NATS server is named");
    }
    servers.forEach(NatsConfig::check);
    if (!isPlain(name)) {
      throw new IllegalArgumentException("quotes and line ends do not belong in a NATS name");
    }
  }

  /// Files in PEM form, which are read for every connection.
  ///
  /// @param authorities the only ones to trust, instead of the JDK's
  /// @param certificate for servers that ask who dials them
  /// @param key of the certificate; null when it is in the same file
  public record Tls(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
    public static final Tls DEFAULT = new Tls(null, null, null);

    public Tls {
      if (certificate == null && key != null) {
        throw new IllegalArgumentException("a key for NATS is of no use without its certificate");
      }
    }
  }

  /// How an edge says who it is.
  public sealed interface Login {
    record Anonymous() implements Login {}

    record UserPassword(String user, String password) implements Login {
      public UserPassword {
        if (user.isEmpty()) {
          throw new IllegalArgumentException("the NATS user is empty");
        }
      }

      @Override
      public String toString() {
        return "UserPassword[" + user + "]";
      }
    }

    record Token(String token) implements Login {
      public Token {
        if (token.isEmpty() || !isPlain(token)) {
          throw new IllegalArgumentException("the NATS token is empty or holds quotes");
        }
      }

      @Override
      public String toString() {
        return "Token[]";
      }
    }

    /// A `.creds` file: a JWT and the NKey seed to sign with. Read for every connection.
    record CredentialsFile(Path file) implements Login {}
  }

  /// The address that a person has written.
  public static URI server(String text) {
    try {
      URI server = new URI(text.strip());
      check(server);
      return server;
    } catch (URISyntaxException e) {
      throw notAServer(text);
    }
  }

  boolean encrypted() {
    return !tls.equals(Tls.DEFAULT)
        || servers.stream().anyMatch(server -> scheme(server).equals("tls"));
  }

  private static void check(URI server) {
    if (!List.of("nats", "tls").contains(scheme(server))
        || Authority.of(server) == null
        || !server.getPath().isEmpty()
        || server.getQuery() != null
        || server.getFragment() != null) {
      throw notAServer(server.toString());
    }
  }

  private static String scheme(URI server) {
    return String.valueOf(server.getScheme());
  }

  /// The message leaves the text out, since it may hold a password.
  private static IllegalArgumentException notAServer(String text) {
    return new IllegalArgumentException(
        text.contains("@")
            ? "user and password do not belong in the address of a NATS server"
            : "'" + text + "' is not the address of a NATS server, like nats://host:4222");
  }

  /// Whether `text` needs no escaping, since jnats puts some texts into JSON as they are.
  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c));
  }
}
