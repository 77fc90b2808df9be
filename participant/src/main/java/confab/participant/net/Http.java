package confab.participant.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// HTTP and WebSocket by OkHttp, which tries all addresses of a name (RFC 8305), follows redirects
/// and takes names with underscores.
public final class Http {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private Http() {}

  /// @param url where the answer came from, which is elsewhere after a redirect
  public record Answer(URI url, int status, String body) {}

  /// For one call or one WebSocket: it keeps no connection and no thread beyond that.
  ///
  /// @param limit for each step on the way, such as connecting
  public static OkHttpClient newClient(boolean insecure, Duration limit) {
    return newClient(insecure, limit, Proxies.ofProcess());
  }

  static OkHttpClient newClient(boolean insecure, Duration limit, Proxies proxies) {
    var builder =
        new OkHttpClient.Builder()
            .dispatcher(new Dispatcher(Executors.newVirtualThreadPerTaskExecutor()))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            .socketFactory(new PromptSockets())
            .proxySelector(proxies)
            .proxyAuthenticator(proxies)
            .connectTimeout(limit)
            .readTimeout(limit);
    if (insecure) {
      var trust = AnyTrust.INSTANCE;
      builder.sslSocketFactory(AnyTrust.sslContext().getSocketFactory(), trust);
      builder.hostnameVerifier((_, _) -> true);
    }
    return builder.build();
  }

  /// Names `url`, and the proxy on the way there if there is one; for a person.
  public static String way(String url) {
    String proxy = Proxies.ofProcess().named(URI.create(url));
    return proxy == null ? url : url + " through " + proxy;
  }

  /// Blocks until the answer is there, or until `limit` has passed.
  ///
  /// @param token of a bearer (RFC 6750 §2.1); empty for none. Where a redirect leads elsewhere it
  ///     is not shown
  public static Answer get(URI url, String token, boolean insecure, Duration limit)
      throws IOException, InterruptedException {
    return get(newClient(insecure, limit), url, token, limit);
  }

  /// The same with a body in JSON, by `POST`.
  public static Answer post(URI url, String token, String json, boolean insecure, Duration limit)
      throws IOException, InterruptedException {
    var body = RequestBody.create(json, MediaType.get("application/json"));
    var request = new Request.Builder().url(url.toString()).post(body);
    return call(newClient(insecure, limit), request, token, limit);
  }

  static Answer get(OkHttpClient client, URI url, String token, Duration limit)
      throws IOException, InterruptedException {
    return call(client, new Request.Builder().url(url.toString()), token, limit);
  }

  private static Answer call(
      OkHttpClient client, Request.Builder request, String token, Duration limit)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    Call call = client.newCall(request.build());
    var answer = new Awaited();
    call.enqueue(answer);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new SocketTimeoutException();
    } finally {
      call.cancel();
    }
  }

  private static final class Awaited extends CompletableFuture<Answer> implements Callback {
    @Override
    public void onFailure(Call call, IOException why) {
      boolean late = why instanceof InterruptedIOException;
      completeExceptionally(late ? new SocketTimeoutException() : why);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        URI url = response.request().url().uri();
        complete(new Answer(url, response.code(), response.peekBody(MAX_BODY_BYTES).string()));
      } catch (IOException e) {
        onFailure(call, e);
      }
    }
  }
}
