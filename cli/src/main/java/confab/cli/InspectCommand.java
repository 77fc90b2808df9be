package confab.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import confab.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `confab token inspect`: shows what a token says, and believes nothing of it.
@Command(
    name = "inspect",
    description = "Show what is in a token, whether it is good or not.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<token>", description = "the token, or the link that ends with it")
  private String token = "";

  private final Terminal terminal;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String[] parts = TokenCommand.bare(token).split("\\.", -1);
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
