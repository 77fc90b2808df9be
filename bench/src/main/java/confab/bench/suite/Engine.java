package confab.bench.suite;

import java.util.List;
import java.util.Locale;

/// What carries media between an edge and its participants.
public enum Engine {
  KWIK("webtransport", 25),
  NETTY("webtransport", 200),
  WEBSOCKET("websocket", 200);

  /// As the load tool calls it.
  public final String transport;

  /// How many connections a second an edge is asked for: less than it can.
  public final int connectsPerSecond;

  Engine(String transport, int connectsPerSecond) {
    this.transport = transport;
    this.connectsPerSecond = connectsPerSecond;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Options of an edge.
  public List<String> options() {
    return this == WEBSOCKET ? List.of() : List.of("--quic", label());
  }
}
