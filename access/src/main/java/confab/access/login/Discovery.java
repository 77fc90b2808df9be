package confab.access.login;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the provider tells of itself (OpenID Connect Discovery section 4), as it was fetched last.
/// It is fetched when somebody asks: at first and after an hour. One fetch at a time, for which
/// those who ask meanwhile wait; one that fails changes nothing, and is not followed by another for
/// a moment. Thread-safe.
final class Discovery {
  private static final long FRESH_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MAX_SHOWN = 100;

  private final Issuer issuer;
  private final Sender sender;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable OIDCProviderMetadata found;
  private long nextFetch;
  private String fault = "";

  /// Asks the provider.
  @FunctionalInterface
  interface Sender {
    HTTPResponse send(HTTPRequest request) throws IOException;
  }

  /// @param clock in nanoseconds
  Discovery(Issuer issuer, Sender sender, LongSupplier clock) {
    this.issuer = issuer;
    this.sender = sender;
    this.clock = clock;
    nextFetch = clock.getAsLong();
  }

  OIDCProviderMetadata get() throws LoginFailure {
    lock.lock();
    try {
      if (clock.getAsLong() - nextFetch >= 0) {
        fetch();
      }
      if (found == null) {
        throw new LoginFailure(LoginOutcome.UNREACHABLE, fault);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void fetch() {
    try {
      HTTPResponse answer =
          sender.send(new OIDCProviderConfigurationRequest(issuer).toHTTPRequest());
      answer.ensureStatusCode(HTTPResponse.SC_OK);
      OIDCProviderMetadata told = OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
      if (!told.getIssuer().equals(issuer)) {
        failed("the provider calls itself " + shown(told.getIssuer()) + ", not " + issuer);
        return;
      }
      found = told;
      nextFetch = clock.getAsLong() + FRESH_NANOS;
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (ParseException | IllegalArgumentException e) {
      failed("the provider does not tell what it is");
    }
  }

  /// As it can stand in a log.
  private static String shown(Issuer other) {
    String name = other.getValue().replaceAll("[^!-~]", "?");
    return name.substring(0, Math.min(name.length(), MAX_SHOWN));
  }

  private void failed(String why) {
    fault = why;
    nextFetch = clock.getAsLong() + PAUSE_NANOS;
  }
}
