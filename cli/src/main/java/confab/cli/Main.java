package confab.cli;

import confab.codec.NotAudioException;
import confab.participant.JoinException;
import confab.protocol.Version;
import confab.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line: `stream`, `listen` and `token`.
///
/// Exit codes: 0 when all went well, 1 when the room could not be joined or the connection was
/// lost, 2 for wrong usage or a bad file. Each failure is one line on standard error.
public final class Main {
  @Command(
      name = "confab",
      description = "Takes part in a conference without a browser.",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "(stream | listen | token | serve | load)",
      footer = {
        "",
        "  serve   Run an edge. Started through ./confab; see './confab serve --help'.",
        "  load    Fill rooms and count what arrives. Likewise; see './confab load --help'.",
        "",
        "Exit codes: 0 all well, 1 not connected or connection lost, 2 wrong usage or bad file."
      })
  private static final class Top implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "stream, listen, token, serve or load? 'confab --help' tells more");
    }
  }

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), System.in, args));
  }

  /// Runs one command and waits for its end.
  ///
  /// @return the exit code
  public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
    return run(new Terminal(out, err, false), in, args);
  }

  private static int run(Terminal terminal, InputStream in, String... args) {
    var commands = new CommandLine(new Top());
    commands.addSubcommand(new StreamCommand(terminal, in));
    commands.addSubcommand(new ListenCommand(terminal));
    commands.addSubcommand(TokenCommand.of(terminal));
    commands.getCommandSpec().version("confab " + Version.running());
    commands.setExecutionExceptionHandler((e, _, _) -> failure(terminal, e));
    return terminal.run(commands, args);
  }

  private static int failure(Terminal terminal, Exception e) throws Exception {
    return switch (e) {
      case NotAudioException bad -> terminal.usage(bad.getMessage());
      case JoinException untrusted when untrusted.error().equals(JoinException.UNTRUSTED) ->
          terminal.fail(untrusted.getMessage() + "; --insecure accepts any certificate");
      case IOException lost -> terminal.fail(lost.getMessage());
      default -> throw e;
    };
  }
}
