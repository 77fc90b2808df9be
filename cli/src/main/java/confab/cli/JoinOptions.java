package confab.cli;

import confab.codec.Pcm;
import confab.participant.SessionConfig;
import confab.participant.Transport;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.address.Authority;
import confab.terminal.Durations;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that every command which joins a room has.
final class JoinOptions {
  @Option(
      names = "--url",
      paramLabel = "<url>",
      description = "the deployment's address (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:8080");

  @Option(names = "--room", required = true, paramLabel = "<room>", description = "the room's id")
  private String room = "";

  @Option(names = "--user", required = true, paramLabel = "<user>", description = "your user id")
  private String user = "";

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description = "what others see of you (default: the user id)")
  private @Nullable String name;

  @Option(
      names = "--transport",
      paramLabel = "<transport>",
      description =
          "webtransport or websocket (default: webtransport, and websocket when it does not work)")
  private Transport transport = Transport.AUTO;

  @Option(
      names = "--duration",
      paramLabel = "<time>",
      converter = Durations.class,
      description = "when to end, such as 10s, 500ms or 2m (default: at the end, or at Ctrl-C)")
  private @Nullable Duration duration;

  @Option(
      names = "--insecure",
      description = "accept any certificate of an https address (WebTransport checks its own)")
  private boolean insecure;

  /// @throws ParameterException when the edge would not take these for an id or a name
  SessionConfig config(CommandSpec command) {
    require(command, RoomId.isValid(room), "--room", "a-z, 0-9 and -, up to 64 of them");
    require(command, UserId.isValid(user), "--user", "letters, digits, '.', '_' and '-', up to 64");
    String shown = name == null ? user : name;
    DisplayName.fault(shown)
        .ifPresent(
            fault -> {
              throw new ParameterException(command.commandLine(), "--name: " + fault);
            });
    String scheme = url.getScheme();
    boolean http = "http".equals(scheme) || "https".equals(scheme);
    require(
        command, http && Authority.of(url) != null, "--url", "an address such as http://host:8080");
    require(command, duration == null || duration.isPositive(), "--duration", "more than nothing");
    return new SessionConfig(
        url, room, user, shown, transport, insecure, SessionConfig.DEFAULT_PATIENCE);
  }

  private static void require(CommandSpec command, boolean valid, String option, String form) {
    if (!valid) {
      throw new ParameterException(command.commandLine(), option + " must be " + form);
    }
  }

  /// After how many frames to end; without end when nothing says so.
  long frames() {
    return duration == null ? Long.MAX_VALUE : duration.toMillis() / Pcm.FRAME_MILLIS;
  }
}
