package confab.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.access.TokenVerifier;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.terminal.Durations;
import confab.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `confab token`: makes tokens, shows what is in one, and checks one as an edge does.
@Command(
    name = "token",
    description = "Make, check and take back the tokens that edges with --auth token ask for.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | inspect | verify | revoke)")
final class TokenCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new Create(terminal))
        .addSubcommand(new Inspect(terminal))
        .addSubcommand(new Verify(terminal))
        .addSubcommand(new RevokeCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "create, inspect, verify or revoke? 'confab token --help' tells more");
  }

  /// The keys that edges have, too.
  static final class Keys {
    @Option(
        names = "--key",
        paramLabel = "<kid=secret>",
        description = "as an edge's --token-key; others on this machine see it")
    private List<String> given = List.of();

    @Option(
        names = "--key-file",
        paramLabel = "<file>",
        description = "as an edge's --token-key-file")
    private @Nullable Path file;

    TokenKeys read(CommandSpec command) {
      try {
        TokenKeys keys =
            TokenKeys.parse(given).and(file == null ? TokenKeys.NONE : TokenKeys.read(file));
        if (!keys.isEmpty()) {
          return keys;
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
      throw new ParameterException(command.commandLine(), "--key or --key-file is missing");
    }
  }

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

  @Command(
      name = "create",
      description = "Make a token and print it.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  private static final class Create implements Callable<Integer> {
    @Mixin private Keys keys = new Keys();

    @Option(
        names = "--room",
        required = true,
        paramLabel = "<room>",
        description = "a room, the beginning of some (team-*), or * for all")
    private String room = "";

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
        names = "--grant",
        paramLabel = "<right>",
        split = ",",
        converter = Rights.class,
        description =
            "join, audio, camera, screen, chat, reactions, subscribe, host, hidden, record, admin,"
                + " and name to change that of --name (default: the first seven)")
    private List<Right> rights = List.of();

    @Option(
        names = "--expires",
        paramLabel = "<time>",
        converter = Durations.class,
        description = "after how long it ends, such as 90m or 12h (default: 12h)")
    private Duration expires = Duration.ofHours(12);

    @Spec private @Nullable CommandSpec spec;

    private final Terminal terminal;

    Create(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      CommandSpec command = Objects.requireNonNull(spec);
      TokenKeys secrets = keys.read(command);
      try {
        terminal.say(new TokenMaker(secrets, InstantSource.system()).make(token()));
        return 0;
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
    }

    private AccessToken token() {
      Set<Right> granted =
          rights.isEmpty() ? EnumSet.range(Right.JOIN, Right.SUBSCRIBE) : EnumSet.copyOf(rights);
      Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
      Instant end = now.plus(expires).truncatedTo(ChronoUnit.SECONDS);
      return new AccessToken(
          new RoomPattern(room),
          Optional.ofNullable(user).map(UserId::new),
          Optional.ofNullable(name).map(DisplayName::new),
          new Grant(granted, end, UUID.randomUUID().toString(), now));
    }
  }

  @Command(
      name = "inspect",
      description = "Show what is in a token, whether it is good or not.",
      mixinStandardHelpOptions = true)
  private static final class Inspect implements Callable<Integer> {
    @Parameters(paramLabel = "<token>", description = "the token, or the link that ends with it")
    private String token = "";

    private final Terminal terminal;

    Inspect(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      String[] parts = bare(token).split("\\.", -1);
      if (parts.length != 3) {
        return terminal.usage("this is no token");
      }
      try {
        terminal.say(readable(parts[0]));
        terminal.say(readable(parts[1]));
        return 0;
      } catch (RuntimeException e) {
        // Whatever Gson and Base64 have for what is neither.
        return terminal.usage("this is no token");
      }
    }

    private static String readable(String part) {
      byte[] json = Base64.getUrlDecoder().decode(part);
      return new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create()
          .toJson(JsonParser.parseString(new String(json, StandardCharsets.UTF_8)));
    }
  }

  @Command(
      name = "verify",
      description = "Check a token as an edge does.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  private static final class Verify implements Callable<Integer> {
    @Mixin private Keys keys = new Keys();

    @Parameters(paramLabel = "<token>", description = "the token, or the link that ends with it")
    private String token = "";

    @Spec private @Nullable CommandSpec spec;

    private final Terminal terminal;

    Verify(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      TokenKeys secrets = keys.read(Objects.requireNonNull(spec));
      var verifier = new TokenVerifier(() -> secrets, TokenVerifier.LEEWAY, InstantSource.system());
      return switch (verifier.verify(bare(token))) {
        case TokenVerifier.Verdict.Good(AccessToken good) -> {
          terminal.say(told(good));
          yield 0;
        }
        case TokenVerifier.Verdict.Bad(TokenVerifier.Fault _, String why) -> terminal.fail(why);
      };
    }

    private static String told(AccessToken token) {
      return "good for %s as %s until %s: %s"
          .formatted(
              token.rooms().text(),
              token.user().map(UserId::value).orElse("anybody"),
              token.grant().expires(),
              String.join(
                  ", ", token.grant().rights().stream().sorted().map(Right::label).toList()));
    }
  }

  private static String bare(String tokenOrLink) {
    return tokenOrLink.strip().replaceFirst(".*#t=", "");
  }
}
