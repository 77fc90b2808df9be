package confab.cli;

import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.terminal.Durations;
import confab.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `confab token create`: makes a token and prints it.
@Command(
    name = "create",
    description = "Make a token and print it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CreateCommand implements Callable<Integer> {
  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(
      names = "--room",
      required = true,
      paramLabel = "<room>",
      description = "a room, the beginning of some (team-*), or * for all")
  private String room = "";

  @Option(
      names = "--room-name",
      paramLabel = "<name>",
      description = "what people call the room, of which --room is the id")
  private @Nullable String roomName;

  @Option(
      names = "--user",
      paramLabel = "<user>",
      description = "the only user id that it is for (default: whoever has it)")
  private @Nullable String user;

  @Option(
      names = "--name",
      paramLabel = "<name>",
      description = "what others see of the bearer (default: what the bearer says)")
  private @Nullable String name;

  @Option(
      names = "--attribute",
      paramLabel = "<name=text>",
      description = "what everybody in the room is told of the bearer; repeatable")
  private List<String> attributes = List.of();

  @Option(
      names = "--grant",
      paramLabel = "<right>",
      split = ",",
      converter = Rights.class,
      description =
          "join, audio, camera, screen, chat, reactions, subscribe, host, hidden, record, create to"
              + " make rooms, admin, and name to change that of --name (default: the first seven)")
  private List<Right> rights = List.of();

  @Option(
      names = "--max-bitrate",
      paramLabel = "<rate>",
      converter = BitRates.Any.class,
      description = "of all media that the bearer publishes, such as 64k (default: the edge's)")
  private @Nullable Integer maxBitrate;

  @Option(
      names = "--sessions",
      paramLabel = "<n>",
      description = "how often its user may be in a room at once (default: any number)")
  private @Nullable Integer sessions;

  @Option(
      names = "--expires",
      paramLabel = "<time>",
      converter = Durations.class,
      description = "after how long it ends, such as 90m or 12h (default: 12h)")
  private Duration expires = Duration.ofHours(12);

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  /// A right by its name.
  static final class Rights implements ITypeConverter<Right> {
    @Override
    public Right convert(String text) {
      try {
        return Right.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is no right");
      }
    }
  }

  CreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    TokenKeys secrets = keys.read(command);
    if (secrets.isEmpty()) {
      throw new ParameterException(command.commandLine(), "--key or --key-file is missing");
    }
    try {
      terminal.say(new TokenMaker(secrets, InstantSource.system()).make(token()));
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /// @throws IllegalArgumentException with one line that says what cannot be
  private AccessToken token() {
    var rooms = new RoomPattern(room);
    if (roomName != null && !rooms.isOne()) {
      throw new IllegalArgumentException("--room-name goes with one room, not with several");
    }
    return new AccessToken(
        rooms,
        Optional.ofNullable(user).map(CreateCommand::userId),
        Optional.ofNullable(name).map(it -> displayName("--name", it)),
        grant(),
        Optional.ofNullable(roomName).map(it -> displayName("--room-name", it)));
  }

  private Grant grant() {
    Set<Right> granted =
        rights.isEmpty() ? EnumSet.range(Right.JOIN, Right.SUBSCRIBE) : EnumSet.copyOf(rights);
    Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    Instant end = now.plus(expires).truncatedTo(ChronoUnit.SECONDS);
    if (sessions != null && sessions <= 0) {
      throw new IllegalArgumentException("--sessions must be 1 or more");
    }
    return new Grant(
        granted,
        end,
        UUID.randomUUID().toString(),
        now,
        attributes(),
        maxBitrate == null ? OptionalInt.empty() : OptionalInt.of(maxBitrate),
        sessions == null ? OptionalInt.empty() : OptionalInt.of(sessions));
  }

  private Attributes attributes() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String each : attributes) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("--attribute must be like role=speaker");
      }
      String key = each.substring(0, equals);
      if (texts.put(key, each.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("--attribute: '" + key + "' is there twice");
      }
    }
    refuse("--attribute", Attributes.fault(texts));
    return Attributes.of(texts);
  }

  private static UserId userId(String text) {
    if (!UserId.isValid(text)) {
      throw new IllegalArgumentException("--user: '" + text + "' is no user id");
    }
    return new UserId(text);
  }

  private static DisplayName displayName(String option, String text) {
    refuse(option, DisplayName.fault(text));
    return new DisplayName(text);
  }

  private static void refuse(String option, Optional<String> fault) {
    if (fault.isPresent()) {
      throw new IllegalArgumentException(option + ": " + fault.get());
    }
  }
}
