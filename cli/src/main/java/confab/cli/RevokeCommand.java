package confab.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import confab.access.SecretFile;
import confab.participant.net.Failures;
import confab.participant.net.Http;
import confab.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `confab token revoke`: asks an edge to take back a token, or all that a user has.
@Command(
    name = "revoke",
    description = "Take back a token, or all that a user has from before a time, on all edges.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RevokeCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String VARIABLE = "CONFAB_ADMIN_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "<url>",
      description = "the deployment's address (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = "--admin-token-file",
      paramLabel = "<file>",
      description =
          "its first secret is an admin token of the edges, or a token that grants admin in all"
              + " rooms (default: the variable CONFAB_ADMIN_TOKEN)")
  private @Nullable Path adminTokenFile;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(
      names = "--before",
      paramLabel = "<time>",
      description = "what was made since is good, as 2026-12-01T10:00:00Z (default: now)")
  private @Nullable Instant before;

  @Option(names = "--insecure", description = "accept any certificate of an https address")
  private boolean insecure;

  private final Terminal terminal;

  /// One of them.
  private static final class What {
    @Option(names = "--jti", paramLabel = "<id>", description = "the id of a token")
    private @Nullable String token;

    @Option(names = "--user", paramLabel = "<user>", description = "whose tokens to take back")
    private @Nullable String user;
  }

  RevokeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (before != null && what.user == null) {
      return terminal.usage("--before goes with --user");
    }
    var asked = new JsonObject();
    if (what.token != null) {
      asked.addProperty("token", what.token);
    } else {
      asked.addProperty("user", what.user);
      if (before != null) {
        asked.addProperty("before", before.toString());
      }
    }
    if (!JoinOptions.isAddress(url)) {
      return terminal.usage("--url must be an address such as https://meet.example.org");
    }
    URI api = URI.create(url.toString().replaceAll("/+$", "") + "/api/v1/revocations");
    String token;
    try {
      token = adminToken();
    } catch (IOException e) {
      return terminal.usage("--admin-token-file: " + e.getMessage());
    }
    try {
      Http.Answer answer = Http.post(api, token, asked.toString(), insecure, LIMIT);
      if (answer.status() == 200) {
        terminal.say("taken back");
        return 0;
      }
      return terminal.fail(message(answer));
    } catch (IOException e) {
      return terminal.fail("cannot reach " + url + " (" + Failures.why(e) + ")");
    }
  }

  private String adminToken() throws IOException {
    if (adminTokenFile != null) {
      return SecretFile.lines(adminTokenFile).stream().findFirst().orElse("");
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? "" : variable.strip();
  }

  private static String message(Http.Answer answer) {
    try {
      return JsonParser.parseString(answer.body()).getAsJsonObject().get("message").getAsString();
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      return answer.url() + " answers with status " + answer.status();
    }
  }
}
