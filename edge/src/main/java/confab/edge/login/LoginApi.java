package confab.edge.login;

import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenMaker;
import confab.access.fetch.Fetcher;
import confab.access.login.Account;
import confab.access.login.LoginConfig;
import confab.access.login.LoginFailure;
import confab.access.login.LoginOutcome;
import confab.access.login.OidcProvider;
import confab.access.login.OidcProvider.Proof;
import confab.edge.http.AllowedMethod;
import confab.edge.http.ThreadPerRequest;
import confab.protocol.grants.Grant;
import confab.protocol.logins.Login;
import confab.protocol.logins.LoginAttempt;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.Revocation.OfToken;
import confab.room.grants.Revocations;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people log in and out (`docs/PROTOCOL.md` section 2.1). Each request runs on a virtual
/// thread of its own, since the provider is asked meanwhile.
///
/// - `GET /login?page=/meeting/standup` sends somebody to the provider,
/// - `GET /login/callback` is where they come back, and go on to that page,
/// - `GET /api/v1/login/token` gives the page of who has logged in a token,
/// - `POST /logout` ends the login, and all that is being done by it, on all edges.
public final class LoginApi implements AutoCloseable {
  public static final String LOGIN = "/login";
  public static final String CALLBACK = "/login/callback";
  public static final String LOGOUT = "/logout";
  public static final String TOKEN = "/api/v1/login/token";

  private static final Logger LOG = LoggerFactory.getLogger(LoginApi.class);

  private static final String LOGIN_COOKIE = "login";
  private static final String ATTEMPT_COOKIE = "attempt-";

  /// So long somebody may take at the provider.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /// Of this edge, and seen by people; nothing that a browser could read as another host.
  private static final Pattern PAGE =
      Pattern.compile("/(?:(?!.*/\\.\\.?(?:/|$))[Mm]eeting/[A-Za-z0-9._~%!$'()*+,=:@/-]{1,400})?");

  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{16,128}");
  private static final int STATE_BEGINNING = 8;

  /// So many tabs of one browser may be on their way at once; with the next they begin anew.
  private static final int MAX_ATTEMPTS = 5;

  private final OidcProvider provider;
  private final LoginConfig config;
  private final String basePath;
  private final Cookies cookies;
  private final TokenMaker tokens;
  private final Revocations revocations;
  private final Consumer<Revocation> revoke;
  private final InstantSource clock;
  private final LoginCounters counters;
  private final ThreadPerRequest threads = new ThreadPerRequest("login-");

  /// @param basePath below which people see this edge
  /// @param keys that edges share: the first seals, all of them are good
  /// @param tokens makes tokens that all edges take
  /// @param revoke takes something back on all edges
  /// @param counters of what becomes of people
  public LoginApi(
      LoginConfig config,
      String basePath,
      List<SecretKeySpec> keys,
      TokenMaker tokens,
      Revocations revocations,
      Consumer<Revocation> revoke,
      InstantSource clock,
      LoginCounters counters) {
    this.config = config;
    this.basePath = basePath;
    this.tokens = tokens;
    this.revocations = revocations;
    this.revoke = revoke;
    this.clock = clock;
    this.counters = counters;
    provider = new OidcProvider(config, Fetcher.USUAL);
    cookies = new Cookies(keys, basePath);
  }

  /// The handler of one of the paths above.
  public HttpHandler at(String path) {
    HttpHandler handler =
        switch (path) {
          case LOGIN -> this::begin;
          case CALLBACK -> this::finish;
          case TOKEN -> this::token;
          case LOGOUT -> this::end;
          default -> throw new IllegalArgumentException(path);
        };
    return exchange ->
        threads.run(
            exchange,
            it -> {
              it.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
              handler.handleRequest(it);
            });
  }

  private void begin(HttpServerExchange exchange) {
    String page = page(exchange);
    forgetOldAttempts(exchange);
    Proof proof = Proof.random();
    try {
      URI there = provider.authorization(proof, back(exchange));
      Instant expires = Instant.ofEpochMilli(clock.millis()).plus(PATIENCE);
      var attempt = new LoginAttempt(proof.state(), proof.nonce(), proof.verifier(), page, expires);
      cookies.set(exchange, attemptCookie(proof.state()), attempt.toBytes(), PATIENCE);
      goTo(exchange, there.toString());
    } catch (LoginFailure failure) {
      goBack(exchange, page, failure);
    }
  }

  /// Browsers send all cookies with each request, whose head is bounded.
  private void forgetOldAttempts(HttpServerExchange exchange) {
    List<String> attempts = cookies.namesOf(exchange, ATTEMPT_COOKIE);
    if (attempts.size() >= MAX_ATTEMPTS) {
      attempts.forEach(each -> cookies.clear(exchange, each));
    }
  }

  private void finish(HttpServerExchange exchange) {
    String state = parameter(exchange, "state");
    Optional<LoginAttempt> found =
        state != null && STATE.matcher(state).matches()
            ? attempt(exchange, state)
            : Optional.empty();
    if (found.isEmpty()) {
      // Nobody was sent, or by another browser, or long ago.
      goBack(
          exchange,
          basePath + "/",
          new LoginFailure(LoginOutcome.FAILED, "nobody was sent to the provider"));
      return;
    }
    LoginAttempt attempt = found.get();
    cookies.clear(exchange, attemptCookie(attempt.state()));
    var proof = new Proof(attempt.state(), attempt.nonce(), attempt.codeVerifier());
    URI back = back(exchange);
    try {
      Account account =
          provider.account(URI.create(back + "?" + exchange.getQueryString()), proof, back);
      cookies.set(exchange, LOGIN_COOKIE, login(account).toBytes(), config.lifetime());
      counters.count(LoginOutcome.DONE);
      LOG.atInfo().addKeyValue("user", account.user()).log("logged in");
      goTo(exchange, attempt.page());
    } catch (LoginFailure failure) {
      goBack(exchange, attempt.page(), failure);
    } catch (IllegalArgumentException e) {
      goBack(
          exchange,
          attempt.page(),
          new LoginFailure(LoginOutcome.FAILED, "the address of the way back is none"));
    }
  }

  private Login login(Account account) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    // Named, so that logging out takes back all that was granted by it.
    var grant =
        new Grant(account.rights(), now.plus(config.lifetime()), UUID.randomUUID().toString(), now);
    return new Login(account.user(), account.name(), grant);
  }

  private Optional<LoginAttempt> attempt(HttpServerExchange exchange, String state) {
    return cookies
        .get(exchange, attemptCookie(state))
        .flatMap(LoginAttempt::parse)
        .filter(it -> it.state().equals(state) && clock.instant().isBefore(it.expires()));
  }

  /// Two tabs may be on their way at the same time.
  private static String attemptCookie(String state) {
    return ATTEMPT_COOKIE + state.substring(0, STATE_BEGINNING);
  }

  private void token(HttpServerExchange exchange) {
    Optional<AccessToken> token = cookies.get(exchange, LOGIN_COOKIE).flatMap(this::read);
    if (token.isEmpty()) {
      // No error: every page asks, and browsers complain of errors where developers look.
      exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
      return;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=us-ascii");
    exchange.getResponseSender().send(tokens.make(token.get()));
  }

  /// What somebody may who has logged in, as long as it is not over.
  private Optional<AccessToken> read(byte[] content) {
    return Login.parse(content)
        .filter(
            it ->
                !it.grant().hasEnded(clock.instant()) && !revocations.cover(it.user(), it.grant()))
        .map(it -> new AccessToken(RoomPattern.ALL, Optional.of(it.user()), it.name(), it.grant()));
  }

  private void end(HttpServerExchange exchange) {
    if (!AllowedMethod.is(Methods.POST, exchange)) {
      return;
    }
    cookies
        .get(exchange, LOGIN_COOKIE)
        .flatMap(this::read)
        .ifPresent(
            token -> {
              Grant grant = token.grant();
              revoke.accept(new OfToken(grant.token(), grant.expires().plus(Duration.ofDays(1))));
              LOG.atInfo().addKeyValue("user", token.user().orElse(null)).log("logged out");
            });
    cookies.clear(exchange, LOGIN_COOKIE);
    goTo(exchange, page(exchange));
  }

  // --- where people go ---

  /// The page that somebody asks to be taken to, if it is one of ours; else the first.
  private String page(HttpServerExchange exchange) {
    String asked = parameter(exchange, "page");
    return asked != null
            && asked.startsWith(basePath + "/")
            && PAGE.matcher(asked.substring(basePath.length())).matches()
        ? asked
        : basePath + "/";
  }

  /// Where the provider sends people back to: its operator has to know this address.
  private URI back(HttpServerExchange exchange) {
    return URI.create(
        exchange.getRequestScheme()
            + "://"
            + exchange.getRequestHeaders().getFirst(Headers.HOST)
            + basePath
            + CALLBACK);
  }

  private void goBack(HttpServerExchange exchange, String page, LoginFailure failure) {
    counters.count(failure.outcome());
    LOG.atWarn()
        .addKeyValue("outcome", failure.outcome().label())
        .addKeyValue("why", failure.getMessage())
        .log("not logged in");
    goTo(exchange, page + "?login=" + failure.outcome().label());
  }

  private static void goTo(HttpServerExchange exchange, String address) {
    exchange.getResponseHeaders().put(Headers.LOCATION, address);
    exchange.setStatusCode(StatusCodes.SEE_OTHER).endExchange();
  }

  private static @Nullable String parameter(HttpServerExchange exchange, String name) {
    var values = exchange.getQueryParameters().get(name);
    return values == null ? null : values.peekFirst();
  }

  @Override
  public void close() {
    threads.close();
  }
}
