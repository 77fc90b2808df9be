package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the page: the files that module web-ui packaged under `web/`. Each file is read from the
/// jar once and kept, so nothing blocks after that and the I/O threads may run it. Bound: the size
/// of the jar.
public final class Pages implements HttpHandler {
  private static final String INDEX = "/index.html";

  /// Names that Vite makes. No segment begins with a dot, so nothing outside `web/` is reached.
  private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){1,4}");

  /// What people see: the one page finds out by its own address what to show. How the address is
  /// written does not matter, since it may come from a piece of paper.
  private static final Pattern SEEN =
      Pattern.compile("/+(?:meeting(?:/.*)?)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("woff2", "font/woff2"));

  private static final String NOT_BUILT =
      """
      <!doctype html>
      <html lang="en">
      <title>Confab</title>
      <p>This edge was built without its pages. Build the module <code>web-ui</code> and start
      the edge again; rooms can be joined by <code>./confab stream</code> and
      <code>./confab listen</code> meanwhile.</p>
      </html>
      """;

  private final String root;
  private final String basePath;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /// Of the files whose names do not tell what they hold.
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  /// @param root the folder on the class path, as in `/web`
  /// @param basePath below which people see the pages, as in `/confab`; empty at the root
  public Pages(String root, String basePath) {
    this.root = root;
    this.basePath = basePath;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    String asked = exchange.getRelativePath();
    if (asked.isEmpty()) {
      // The folder without its slash, as people type it.
      exchange.getResponseHeaders().put(Headers.LOCATION, basePath + "/");
      exchange.setStatusCode(StatusCodes.PERMANENT_REDIRECT).endExchange();
      return;
    }
    String path = SEEN.matcher(asked).matches() ? INDEX : asked;
    byte[] content = FILE.matcher(path).matches() ? read(path) : null;
    if (content != null && type(path) != null) {
      send(exchange, path, content);
    } else if (path.equals(INDEX)) {
      exchange.setStatusCode(503);
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPES.get("html"));
      exchange.getResponseSender().send(NOT_BUILT);
    } else {
      refuse(exchange, 404, "not_found", JsonErrors.NOTHING_HERE);
    }
  }

  /// Answers a request whose address is none of ours. The page takes of it what it can.
  public void unreadable(HttpServerExchange exchange) {
    refuse(
        exchange,
        400,
        "bad_address",
        "This address has a semicolon, or a percent sign that encodes nothing.");
  }

  /// The page, for those requests that never become an exchange.
  public byte[] index() {
    byte[] index = read(INDEX);
    return index == null ? NOT_BUILT.getBytes(StandardCharsets.UTF_8) : index;
  }

  /// People see the page, which says in their language what is wrong and where to go; programs see
  /// JSON.
  private void refuse(HttpServerExchange exchange, int status, String error, String message) {
    exchange.getResponseHeaders().put(Headers.VARY, Headers.ACCEPT_STRING);
    byte[] index = isForPeople(exchange) ? read(INDEX) : null;
    if (index == null) {
      JsonErrors.refuse(exchange, status, error, message);
    } else {
      exchange.setStatusCode(status);
      send(exchange, INDEX, index);
    }
  }

  /// Browsers name HTML when somebody opens an address, and not when a page asks for a part.
  private static boolean isForPeople(HttpServerExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    return ReadOnly.isRead(exchange)
        && !exchange.getRelativePath().startsWith("/api/")
        && accept != null
        && accept.contains("text/html");
  }

  private byte @Nullable [] read(String path) {
    byte[] known = files.get(path);
    if (known != null) {
      return known;
    }
    if (type(path) == null && !path.endsWith(".br") && !path.endsWith(".gz")) {
      return null;
    }
    try (InputStream in = Pages.class.getResourceAsStream(root + path)) {
      if (in == null) {
        return null;
      }
      byte[] content = path.equals(INDEX) ? below(in.readAllBytes()) : in.readAllBytes();
      files.put(path, content);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that a page refers to is relative to its `<base>`.
  private byte[] below(byte[] index) {
    return new String(index, StandardCharsets.UTF_8)
        .replace("<base href=\"/\"", "<base href=\"" + basePath + "/\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String type(String path) {
    return TYPES.get(path.substring(path.lastIndexOf('.') + 1));
  }

  /// The file, in the smallest form that the build has made of it and the client takes (RFC 9110
  /// §12.5.3).
  private void send(HttpServerExchange exchange, String path, byte[] content) {
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, type(path));
    // Vite puts a hash of the content into the names under assets/.
    boolean kept = path.startsWith("/assets/");
    headers.put(Headers.CACHE_CONTROL, kept ? "public, max-age=31536000, immutable" : "no-cache");
    headers.add(Headers.VARY, Headers.ACCEPT_ENCODING_STRING);
    if (!kept && isKnown(exchange, tags.computeIfAbsent(path, _ -> tag(content)))) {
      exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
      return;
    }
    String accepted = exchange.getRequestHeaders().getFirst(Headers.ACCEPT_ENCODING);
    for (Encoding encoding : Encoding.values()) {
      // The build has compressed the page as it is for the root.
      boolean asBuilt = basePath.isEmpty() || !path.equals(INDEX);
      byte[] compressed = asBuilt && encoding.isIn(accepted) ? read(path + encoding.suffix) : null;
      if (compressed != null) {
        headers.put(Headers.CONTENT_ENCODING, encoding.label);
        exchange.getResponseSender().send(ByteBuffer.wrap(compressed));
        return;
      }
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(content));
  }

  /// Tells the client what it may ask for the next time; whether it has that already.
  private static boolean isKnown(HttpServerExchange exchange, String tag) {
    exchange.getResponseHeaders().put(Headers.ETAG, tag);
    String known = exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH);
    return exchange.getStatusCode() == StatusCodes.OK && known != null && known.contains(tag);
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The smaller one first.
  private enum Encoding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz");

    private final String label;
    private final String suffix;
    private final Pattern accepted;

    Encoding(String label, String suffix) {
      this.label = label;
      this.suffix = suffix;
      accepted =
          Pattern.compile("(?:^|[,\\s])" + label + "\\s*(?:,|$|;\\s*q=(?!0(?:\\.0*)?(?:,|$)))");
    }

    boolean isIn(@Nullable String header) {
      return header != null && accepted.matcher(header).find();
    }
  }
}
