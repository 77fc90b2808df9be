package confab.bus;

import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.ServerPool;
import io.nats.client.impl.NatsServerPool;
import io.nats.client.impl.NoOpStatistics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The options of jnats for one connection, and the reasons for them. The files that the config
/// names are read here first, so that a wrong file is known at the start, and then for every
/// connection, since certificates are renewed. Used by the bus's connector.
final class NatsOptions {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final NatsConfig config;
  private @Nullable SSLContext tls;
  private final @Nullable AuthHandler credentials;

  /// Outlives the connections, so that the next connection is tried at another server first.
  private final ServerPool servers = new NatsServerPool();

  /// @throws IllegalArgumentException with one line that says what is wrong with which file
  NatsOptions(NatsConfig config) {
    this.config = config;
    tls = config.encrypted() ? NatsTls.context(config.tls(), () -> {}) : null;
    credentials =
        config.login() instanceof NatsConfig.Login.CredentialsFile(Path file)
            ? credentials(file)
            : null;
  }

  Options build(NatsEvents events, int maxPingsOut) {
    var builder =
        Options.builder()
            .servers(config.servers().stream().map(URI::toString).toArray(String[]::new))
            .serverPool(servers)
            .ignoreDiscoveredServers()
            .connectionName(config.name())
            .connectionTimeout(CONNECT_TIMEOUT)
            // Leaves host names as they are, for certificates to be compared with.
            .enableFastFallback()
            .noEcho()
            .noHeaders()
            .noNoResponders()
            .noSubjectValidation()
            .statisticsCollector(new NoOpStatistics())
            .connectionListener(events)
            .errorListener(events)
            // A connection that breaks is over: whatever still lay in its queue goes with it.
            .maxReconnects(0)
            .reconnectBufferSize(0)
            // No bound of jnats' own, as whoever puts would wait at it: SendWindow is the bound.
            .maxMessagesInOutgoingQueue(0)
            // NatsLink pings, and more often.
            .pingInterval(Duration.ZERO)
            .maxPingsOut(maxPingsOut)
            .requestCleanupInterval(Duration.ZERO);
    logIn(builder);
    if (tls != null) {
      builder.sslContext(refreshed(tls, events));
    }
    return builder.build();
  }

  /// The former one serves while the files cannot be used.
  private SSLContext refreshed(SSLContext former, NatsEvents events) {
    try {
      tls = NatsTls.context(config.tls(), events::certificateAsked);
      return tls;
    } catch (IllegalArgumentException e) {
      events.complain(String.valueOf(e.getMessage()));
      return former;
    }
  }

  private void logIn(Options.Builder builder) {
    switch (config.login()) {
      case NatsConfig.Login.Anonymous() -> {}
      case NatsConfig.Login.UserPassword(String user, String password) ->
          builder.userInfo(user.toCharArray(), password.toCharArray());
      case NatsConfig.Login.Token(String token) -> builder.token(token.toCharArray());
      case NatsConfig.Login.CredentialsFile(Path file) -> builder.authHandler(credentials);
    }
  }

  private static AuthHandler credentials(Path file) {
    AuthHandler handler = Nats.credentials(file.toString());
    try {
      Files.readString(file);
      if (handler.getID().length == 0 || handler.getJWT().length == 0) {
        throw new IllegalArgumentException("empty");
      }
      return handler;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + " is not a file of NATS credentials", e);
    }
  }
}
