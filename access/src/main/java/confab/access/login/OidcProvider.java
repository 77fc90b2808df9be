package confab.access.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import confab.access.fetch.Fetcher;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The OpenID provider: where people are sent, and what it says of those who come back (OpenID
/// Connect Core section 3.1, with RFC 7636 and RFC 9207). Keeps nothing but what the provider tells
/// of itself. Thread-safe; what asks the provider blocks, for some seconds at most.
public final class OidcProvider {
  /// Those of the library that take a public key; the header's `alg` and the key's have to agree.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final LoginConfig config;
  private final Fetcher fetcher;
  private final Discovery discovery;
  private final ClientID client;

  /// How it is known that somebody comes back whom this installation has sent.
  ///
  /// @param verifier RFC 7636 section 4.1
  public record Proof(String state, String nonce, String verifier) {
    public static Proof random() {
      return new Proof(
          new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
    }
  }

  public OidcProvider(LoginConfig config, Fetcher fetcher) {
    this.config = config;
    this.fetcher = fetcher;
    discovery = new Discovery(new Issuer(config.issuer()), this::send, System::nanoTime);
    client = new ClientID(config.clientId());
  }

  /// Where somebody goes to log in.
  ///
  /// @param back where they come back to
  public URI authorization(Proof proof, URI back) throws LoginFailure {
    OIDCProviderMetadata provider = discovery.get();
    URI endpoint = required(provider.getAuthorizationEndpointURI(), "authorization endpoint");
    var scope = new Scope(config.scopes().toArray(String[]::new));
    return new AuthenticationRequest.Builder(ResponseType.CODE, scope, client, back)
        .endpointURI(endpoint)
        .state(new State(proof.state()))
        .nonce(new Nonce(proof.nonce()))
        .codeChallenge(new CodeVerifier(proof.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /// Who has come back.
  ///
  /// @param answer the address at which they came, with the provider's answer
  /// @param back where they were to come back to
  public Account account(URI answer, Proof proof, URI back) throws LoginFailure {
    OIDCProviderMetadata provider = discovery.get();
    try {
      OIDCTokens tokens = exchange(provider, code(provider, answer, proof), proof, back);
      IDTokenClaimsSet identity = check(provider, tokens.getIDToken(), proof);
      Map<String, Object> told = new HashMap<>(identity.toJSONObject());
      askForMore(provider, tokens, identity).forEach(told::putIfAbsent);
      return Account.of(
          provider.getIssuer().getValue(),
          identity.getSubject().getValue(),
          told,
          config.claims(),
          config.groups());
    } catch (ParseException | IllegalArgumentException e) {
      throw new LoginFailure(LoginOutcome.UNREACHABLE, "the provider's answer is none", e);
    } catch (IOException e) {
      throw new LoginFailure(LoginOutcome.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static AuthorizationCode code(OIDCProviderMetadata provider, URI answer, Proof proof)
      throws LoginFailure {
    AuthenticationResponse response;
    try {
      response = AuthenticationResponseParser.parse(answer);
    } catch (ParseException | IllegalArgumentException e) {
      throw new LoginFailure(LoginOutcome.FAILED, "the address of the way back is none", e);
    }
    if (response.getState() == null || !response.getState().getValue().equals(proof.state())) {
      throw new LoginFailure(LoginOutcome.FAILED, "the way back has another state");
    }
    Issuer by = response.getIssuer();
    if (by == null ? provider.supportsAuthorizationResponseIssuerParam() : !isOf(provider, by)) {
      throw new LoginFailure(LoginOutcome.FAILED, "the way back is by another provider");
    }
    return switch (response) {
      case AuthenticationSuccessResponse success when success.getAuthorizationCode() != null ->
          success.getAuthorizationCode();
      case AuthenticationErrorResponse error ->
          throw new LoginFailure(LoginOutcome.DENIED, "the provider said " + code(error));
      default -> throw new LoginFailure(LoginOutcome.FAILED, "the way back has no code");
    };
  }

  private static boolean isOf(OIDCProviderMetadata provider, Issuer by) {
    return by.equals(provider.getIssuer());
  }

  /// Of a short list (RFC 6749 section 4.1.2.1); what else somebody writes there is not logged.
  private static String code(AuthenticationErrorResponse response) {
    ErrorObject error = response.getErrorObject();
    return error != null && AuthenticationErrorResponse.getStandardErrors().contains(error)
        ? error.getCode()
        : "an error";
  }

  private OIDCTokens exchange(
      OIDCProviderMetadata provider, AuthorizationCode code, Proof proof, URI back)
      throws LoginFailure, IOException, ParseException {
    URI endpoint = required(provider.getTokenEndpointURI(), "token endpoint");
    var grant = new AuthorizationCodeGrant(code, back, new CodeVerifier(proof.verifier()));
    TokenResponse response =
        OIDCTokenResponseParser.parse(send(request(provider, endpoint, grant).toHTTPRequest()));
    if (response instanceof OIDCTokenResponse granted && granted.indicatesSuccess()) {
      return granted.getOIDCTokens();
    }
    ErrorObject error = response.toErrorResponse().getErrorObject();
    throw new LoginFailure(
        LoginOutcome.FAILED,
        "the provider gives nothing for the code ("
            + (error == null ? "no reason" : error.getHTTPStatusCode())
            + ")");
  }

  private TokenRequest request(
      OIDCProviderMetadata provider, URI endpoint, AuthorizationCodeGrant grant)
      throws IOException {
    if (config.secret().isEmpty()) {
      return new TokenRequest.Builder(endpoint, client, grant).build();
    }
    var secret = new Secret(config.secret().get().read());
    var methods = provider.getTokenEndpointAuthMethods();
    // Where the provider does not say it takes the first (OpenID Connect Discovery section 3).
    boolean byHeader =
        methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    var authentication =
        byHeader ? new ClientSecretBasic(client, secret) : new ClientSecretPost(client, secret);
    return new TokenRequest.Builder(endpoint, authentication, grant).build();
  }

  /// The keys are fetched for each login, so those that the provider has changed count at once.
  private IDTokenClaimsSet check(OIDCProviderMetadata provider, JWT token, Proof proof)
      throws LoginFailure, IOException {
    HTTPResponse answer =
        send(new HTTPRequest(HTTPRequest.Method.GET, required(provider.getJWKSetURI(), "keys")));
    try {
      JWKSet keys = JWKSet.parse(answer.getBody());
      var selector = new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys));
      return new IDTokenValidator(provider.getIssuer(), client, selector, null)
          .validate(token, new Nonce(proof.nonce()));
    } catch (java.text.ParseException e) {
      throw new LoginFailure(LoginOutcome.UNREACHABLE, "the provider has no keys", e);
    } catch (BadJOSEException | JOSEException e) {
      throw new LoginFailure(LoginOutcome.FAILED, "the provider's ID token is not good", e);
    }
  }

  /// Many providers tell names and groups only to who asks once more (OpenID Connect Core section
  /// 5.3).
  private Map<String, Object> askForMore(
      OIDCProviderMetadata provider, OIDCTokens tokens, IDTokenClaimsSet identity)
      throws IOException, ParseException, LoginFailure {
    URI endpoint = provider.getUserInfoEndpointURI();
    if (endpoint == null || tokens.getBearerAccessToken() == null || isEnough(identity)) {
      return Map.of();
    }
    var request = new UserInfoRequest(endpoint, tokens.getBearerAccessToken());
    UserInfoResponse response = UserInfoResponse.parse(send(request.toHTTPRequest()));
    var found =
        Optional.ofNullable(
            response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null);
    if (found.isEmpty() || !found.get().getSubject().equals(identity.getSubject())) {
      throw new LoginFailure(LoginOutcome.FAILED, "the provider tells nothing of this user");
    }
    return found.get().toJSONObject();
  }

  private boolean isEnough(IDTokenClaimsSet identity) {
    boolean groupsMatter =
        config.groups().hosts().isPresent() || config.groups().admins().isPresent();
    return identity.getClaim(config.claims().user()) != null
        && identity.getClaim(config.claims().name()) != null
        && (!groupsMatter || identity.getClaim(config.claims().groups()) != null);
  }

  private static URI required(@Nullable URI endpoint, String what) throws LoginFailure {
    if (endpoint == null) {
      throw new LoginFailure(LoginOutcome.UNREACHABLE, "the provider names no " + what);
    }
    return endpoint;
  }

  /// Asks by our own client, which bounds time and bytes.
  private HTTPResponse send(HTTPRequest asked) throws IOException {
    String body = asked.getBody();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked.getURI())
            .method(
                asked.getMethod().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    asked.getHeaderMap().forEach((name, values) -> values.forEach(it -> request.header(name, it)));
    HttpResponse<byte[]> answer;
    try {
      answer = fetcher.fetch(request.build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    var response = new HTTPResponse(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
    response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
    return response;
  }
}
