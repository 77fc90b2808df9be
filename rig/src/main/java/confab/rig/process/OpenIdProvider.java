package confab.rig.process;

import com.google.gson.Gson;
import confab.rig.Project;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A real OpenID provider, the npm package `oidc-provider`, on a port of this machine: always the
/// same one however often it is stopped and started, and each time with other keys.
public final class OpenIdProvider {
  /// As which it knows the edges.
  public static final String CLIENT = "confab";

  public static final String SECRET = "the secret of the client";

  private static final String SCRIPT =
      Project.ROOT.resolve("rig/oidc-provider/provider.mjs").toString();
  private static final Pattern READY = Pattern.compile("issuer http");

  private final Site site;
  private final String settings;
  private final URI issuer;
  private Program program;

  private OpenIdProvider(Site site, URI issuer, String settings)
      throws IOException, InterruptedException {
    this.site = site;
    this.issuer = issuer;
    this.settings = settings;
    program = launch();
  }

  /// Returns when it answers.
  ///
  /// @param redirects where it may send people back to
  /// @param people what it tells of those who log in, by the name that they type there
  public static OpenIdProvider start(
      Site site, List<URI> redirects, Map<String, Map<String, Object>> people)
      throws IOException, InterruptedException {
    return start(site, FreePort.find(), redirects, people);
  }

  /// The same at a port that others have been told before.
  public static OpenIdProvider start(
      Site site, int port, List<URI> redirects, Map<String, Map<String, Object>> people)
      throws IOException, InterruptedException {
    Map<String, Object> settings =
        Map.of(
            "port",
            port,
            "redirects",
            redirects.stream().map(URI::toString).toList(),
            "people",
            people);
    return new OpenIdProvider(
        site, URI.create("http://127.0.0.1:" + port), new Gson().toJson(settings));
  }

  private Program launch() throws IOException, InterruptedException {
    Program started = site.start("oidc-provider", List.of("node", SCRIPT, settings));
    started.awaitOutput(READY);
    return started;
  }

  public URI issuer() {
    return issuer;
  }

  public void kill() {
    program.end();
  }

  /// Returns when it answers again, with other keys.
  public void restart() throws IOException, InterruptedException {
    kill();
    program = launch();
  }
}
