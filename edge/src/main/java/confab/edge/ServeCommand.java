package confab.edge;

import confab.protocol.Version;
import confab.terminal.Durations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `confab serve`: reads the configuration once, starts an edge, says where it is and waits for the
/// signal that ends it.
@Command(
    name = "confab serve",
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Serves rooms over WebTransport and WebSocket, with the page to join them.",
    footer = {
      "",
      "Every option is also an environment variable (CONFAB_HTTP_PORT for --http-port) and a key"
          + " of the configuration file (http-port). The command line counts before the"
          + " environment, the environment before the file.",
      "",
      "What may come at once keeps its proportion to the rate: half the rate, half at once. Of"
          + " bytes it is a full datagram at least.",
      "",
      "Exit codes: 0 after a clean stop (SIGTERM or Ctrl-C), 2 when the edge cannot start as it"
          + " is configured."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final int BAD_CONFIGURATION = 2;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  @Mixin ServeOptions options = new ServeOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Java properties file with more options (or CONFAB_CONFIG).")
  @Nullable Path config;

  @Option(names = "--help", usageHelp = true, description = "Show this and end.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version and end.")
  boolean version;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Signals signals;

  ServeCommand(Signals signals) {
    this.signals = signals;
  }

  /// Reads `args`, serves until the process is told to end, and returns the exit code.
  static int run(
      String[] args,
      Map<String, String> environment,
      Signals signals,
      PrintWriter out,
      PrintWriter err) {
    try {
      var sources = new ConfigSources(environment, configFile(args, environment));
      return commandLine(new ServeCommand(signals), sources)
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler((wrong, given) -> complain(err, oneLine(wrong, sources)))
          .execute(args);
    } catch (StartException | ParameterException e) {
      return complain(err, String.valueOf(e.getMessage()));
    }
  }

  /// The options of the command, as its help has them.
  static List<OptionSpec> options() {
    CommandSpec command = CommandSpec.forAnnotatedObject(new ServeCommand(new Signals()));
    OptionHelp.complete(command);
    return command.options();
  }

  /// Reads the options without starting anything.
  static ServeOptions parse(String[] args, Map<String, String> environment) throws StartException {
    var command = new ServeCommand(new Signals());
    commandLine(command, new ConfigSources(environment, configFile(args, environment)))
        .parseArgs(args);
    return command.options;
  }

  private static CommandLine commandLine(ServeCommand command, ConfigSources sources)
      throws StartException {
    var line =
        new CommandLine(command)
            .setOverwrittenOptionsAllowed(true)
            .registerConverter(Duration.class, new Durations())
            .setExecutionExceptionHandler(ServeCommand::cannotStart);
    line.getCommandSpec().version("confab " + Version.running());
    OptionHelp.complete(line.getCommandSpec());
    sources.checkKeys(line.getCommandSpec());
    return line.setDefaultValueProvider(sources);
  }

  private static int cannotStart(Exception wrong, CommandLine line, ParseResult given)
      throws Exception {
    if (wrong instanceof StartException) {
      return complain(line.getErr(), String.valueOf(wrong.getMessage()));
    }
    throw wrong;
  }

  /// The configuration file, which is looked up before the other options are read, since it has
  /// their values.
  private static @Nullable Path configFile(String[] args, Map<String, String> environment) {
    var command = new ConfigOption();
    new CommandLine(command).setOverwrittenOptionsAllowed(true).parseArgs(args);
    String fromEnvironment = environment.getOrDefault("CONFAB_CONFIG", "");
    if (command.config == null && !fromEnvironment.isEmpty()) {
      return Path.of(fromEnvironment);
    }
    return command.config;
  }

  @Command
  static final class ConfigOption {
    @Option(names = "--config")
    @Nullable Path config;

    @Unmatched List<String> others = new ArrayList<>();
  }

  private static int complain(PrintWriter err, String why) {
    err.println("confab: " + why.lines().findFirst().orElse(""));
    return BAD_CONFIGURATION;
  }

  private static String oneLine(ParameterException wrong, ConfigSources sources) {
    String line = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    return wrong.getArgSpec() instanceof OptionSpec option
        ? line + sources.origin(option, wrong.getValue())
        : line + " (confab serve --help lists the options)";
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    // Before anything else: to look for natives is enough to make Netty talk.
    Logs.configure(options.logFormat, options.logLevel);
    EdgeConfig edgeConfig = options.toConfig();
    options
        .withoutNatives()
        .ifPresent(
            why ->
                LOG.atWarn()
                    .addKeyValue("why", why)
                    .log("netty does not run here: kwik carries less (--native-dir, --quic)"));
    Thread.setDefaultUncaughtExceptionHandler(Logs::uncaught);
    try {
      Edge edge = Edge.start(edgeConfig);
      signals.serve(edge);
      Announcement.of(edge, edgeConfig).forEach(spec.commandLine().getOut()::println);
      edge.awaitDrained();
      // What does not end in time does not keep the process.
      boolean _ = Thread.ofPlatform().daemon().start(edge::close).join(STOP_PATIENCE);
      LOG.info("ended");
      return 0;
    } finally {
      Logs.end();
    }
  }
}
