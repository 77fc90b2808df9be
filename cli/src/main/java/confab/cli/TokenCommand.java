package confab.cli;

import confab.terminal.Terminal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `confab token` and its verbs, each of which has a file of its own.
@Command(
    name = "token",
    description = "Make, check and take back the tokens that edges with --auth token ask for.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | inspect | verify | revoke)")
final class TokenCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  static CommandLine of(Terminal terminal) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new CreateCommand(terminal))
        .addSubcommand(new InspectCommand(terminal))
        .addSubcommand(new VerifyCommand(terminal))
        .addSubcommand(new RevokeCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "create, inspect, verify or revoke? 'confab token --help' tells more");
  }

  /// The token that people paste, perhaps with the whole link.
  static String bare(String tokenOrLink) {
    return tokenOrLink.strip().replaceFirst(".*#t=", "");
  }
}
