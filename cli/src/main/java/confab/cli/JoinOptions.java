package confab.cli;

import confab.codec.Pcm;
import confab.participant.SessionConfig;
import confab.participant.Transport;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.address.MeetingUrl;
import confab.terminal.Durations;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that every command which joins a room has.
final class JoinOptions {
  @Option(
      names = "--url",
      paramLabel = "<url>",
      description =
          "the deployment's address, or that of a meeting's page, which names room and user, too"
              + " (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:8080");

  @Option(names = "--room", paramLabel = "<room>", description = "the room's id")
  private @Nullable String room;

  @Option(names = "--user", paramLabel = "<user>", description = "your user id")
  private @Nullable String user;

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description = "what others see of you (default: the user id)")
  private @Nullable String name;

  @Mixin private TokenOption token = new TokenOption();

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
    require(command, isAddress(url), "--url", "an address such as http://host:8080");
    MeetingUrl meeting = MeetingUrl.of(url);
    String where = named(command, "--room", room, meeting.room());
    require(command, RoomId.isValid(where), "--room", "a-z, 0-9 and -, up to 64 of them");
    String ofPage = meeting.who();
    boolean isUser = ofPage != null && UserId.isValid(ofPage);
    String who = named(command, "--user", user, isUser ? ofPage : null);
    require(command, UserId.isValid(who), "--user", "letters, digits, '.', '_' and '-', up to 64");
    String shown = name != null ? name : isUser || ofPage == null ? who : ofPage;
    DisplayName.fault(shown)
        .ifPresent(
            fault -> {
              throw new ParameterException(command.commandLine(), "--name: " + fault);
            });
    require(command, duration == null || duration.isPositive(), "--duration", "more than nothing");
    return new SessionConfig(
        meeting.deployment(),
        where,
        who,
        shown,
        transport,
        insecure,
        token.source(command, url, insecure),
        SessionConfig.DEFAULT_PATIENCE);
  }

  static boolean isAddress(URI url) {
    try {
      MeetingUrl.of(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String named(
      CommandSpec command, String option, @Nullable String given, @Nullable String ofPage) {
    String value = given == null ? ofPage : given;
    if (value == null) {
      throw new ParameterException(
          command.commandLine(), option + " is missing, and --url names none");
    }
    return value;
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
