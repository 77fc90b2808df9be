package confab.edge.guard;

import confab.protocol.address.Hosts;
import confab.protocol.address.Origins;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// The options of `confab serve` about whom the TCP ports serve.
public final class WebOptions {
  private static final String AN_ORIGIN = "https://host:port or https://*.host";

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Origin of pages that may join besides our own, as " + AN_ORIGIN + "; repeatable.")
  List<String> allowedOrigins = List.of();

  @Option(
      names = "--embed-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Origin of pages that may show ours in a frame, as "
              + AN_ORIGIN
              + "; repeatable. Default: nobody's.")
  List<String> embedOrigins = List.of();

  @Option(
      names = "--public-host",
      paramLabel = "HOST",
      split = ",",
      description =
          "Host by which people reach this edge, as meet.example.org; what is asked of another"
              + " host is refused; repeatable. Default: any.")
  List<String> publicHosts = List.of();

  @Option(
      names = "--connections-per-address",
      paramLabel = "N",
      description = "TCP connections without a session, of one address. Default: {default}.")
  int connectionsPerAddress = HttpLimits.DEFAULT.connectionsPerAddress();

  /// Those whose pages may join.
  ///
  /// @throws IllegalArgumentException says what is wrong with the option, as the others do
  public Origins origins() {
    return read("--allow-origin", AN_ORIGIN, allowedOrigins, Origins::parse);
  }

  /// @throws IllegalArgumentException likewise
  public Hosts hosts() {
    return read("--public-host", "meet.example.org", publicHosts, Hosts::parse);
  }

  /// @param joins how much more often than by default an address may join
  /// @throws IllegalArgumentException likewise
  public WebConfig config(double joins) {
    if (connectionsPerAddress < 1) {
      throw new IllegalArgumentException(
          "the value of --connections-per-address has to be at least 1");
    }
    HttpLimits limits = HttpLimits.DEFAULT.forJoins(joins);
    return new WebConfig(
        limits.withConnections(limits.connections(), connectionsPerAddress),
        read("--embed-origin", AN_ORIGIN, embedOrigins, Origins::parse));
  }

  private static <T> T read(
      String option, String form, List<String> values, Function<List<String>, T> parse) {
    try {
      return parse.apply(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the value of %s has to be like %s: %s".formatted(option, form, e.getMessage()), e);
    }
  }
}
