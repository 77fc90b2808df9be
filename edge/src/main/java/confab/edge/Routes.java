package confab.edge;

import confab.edge.http.DirectOnly;
import confab.edge.http.JsonErrors;
import confab.edge.http.Pages;
import confab.edge.http.PlainPaths;
import confab.edge.http.ReadOnly;
import confab.edge.login.LoginApi;
import confab.websocket.WebSocketFallback;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.util.Optional;
import java.util.Set;

/// Which path is whose.
///
/// @param basePath below which a proxy shows what is for visitors; empty at the root
record Routes(
    String basePath, Pages pages, WebSocketFallback webSockets, Api api, Optional<LoginApi> login) {
  static final String WEB_SOCKET = "/ws";

  private static final String API = "/api/v1";
  private static final String LIVENESS = "/healthz";
  private static final String READINESS = "/readyz";
  private static final String METRICS = "/metrics";

  /// Answered under whatever host: balancers go by addresses.
  static final Set<String> FOR_OPERATORS = Set.of(LIVENESS, READINESS, METRICS);

  HttpHandler handler(Health health, Metrics metrics) {
    PathHandler paths =
        forVisitors()
            .addExactPath(LIVENESS, forOperators(health::live))
            .addExactPath(READINESS, forOperators(health::readiness))
            .addExactPath(METRICS, forOperators(metrics));
    if (isBelowAFolder()) {
      // Some proxies pass the folder on, others take it off; what is for operators is at the root.
      paths.addPrefixPath(
          basePath,
          forVisitors()
              .addExactPath(API + "/drain", JsonErrors::notFound)
              .addExactPath(API + "/revocations", JsonErrors::notFound));
    }
    return new PlainPaths(paths, pages::unreadable);
  }

  private PathHandler forVisitors() {
    PathHandler paths =
        new PathHandler(new ReadOnly(pages))
            .addExactPath(WEB_SOCKET, webSockets)
            .addPrefixPath(API, api);
    login.ifPresent(it -> addLogin(paths, it));
    return paths;
  }

  private static void addLogin(PathHandler paths, LoginApi login) {
    paths
        .addExactPath(LoginApi.LOGIN, new ReadOnly(login.at(LoginApi.LOGIN)))
        .addExactPath(LoginApi.CALLBACK, new ReadOnly(login.at(LoginApi.CALLBACK)))
        .addExactPath(LoginApi.TOKEN, new ReadOnly(login.at(LoginApi.TOKEN)))
        .addExactPath(LoginApi.LOGOUT, login.at(LoginApi.LOGOUT));
  }

  private HttpHandler forOperators(HttpHandler handler) {
    HttpHandler shown = new ReadOnly(handler);
    return isBelowAFolder() ? new DirectOnly(shown) : shown;
  }

  private boolean isBelowAFolder() {
    return !basePath.isEmpty();
  }
}
