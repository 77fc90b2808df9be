package confab.edge;

import confab.edge.limits.LimitOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Puts the defaults into the descriptions of options, so that no text repeats one: `{default}` is
/// what the option's field holds before anything is read, `{burst}` what the rate without the
/// option lets through at once.
final class OptionHelp {
  private OptionHelp() {}

  static void complete(CommandSpec command) {
    // All are taken out and put back, which keeps their order.
    for (OptionSpec option : List.copyOf(command.options())) {
      command.remove(option);
      String description = String.join("", option.description());
      command.addOption(
          OptionSpec.builder(option).description(complete(option, description)).build());
    }
  }

  private static String complete(OptionSpec option, String description) {
    String text = description.replace("{default}", written(option.initialValue()));
    return text.contains("{burst}") ? text.replace("{burst}", burst(option)) : text;
  }

  private static String burst(OptionSpec option) {
    var rate = Objects.requireNonNull(LimitOptions.RATES.get(option.longestName()));
    return String.valueOf(rate.burst());
  }

  /// As it would be written on the command line.
  private static String written(@Nullable Object value) {
    return switch (value) {
      case Duration each when each.toMillisPart() == 0 -> each.toSeconds() + "s";
      case Duration each -> each.toMillis() + "ms";
      case Double each when each == Math.rint(each) -> String.valueOf(each.longValue());
      case null -> "";
      default -> value.toString();
    };
  }
}
