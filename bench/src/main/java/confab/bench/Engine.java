package confab.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/// What carries media between an edge and its participants.
@NullMarked
enum Engine {
  KWIK("webtransport", 25),
  NETTY("webtransport", 200),
  WEBSOCKET("websocket", 200);

  /// As the load tool calls it.
  final String transport;

  /// How many connections a second an edge is asked for: less than it can.
  final int connectsPerSecond;

  Engine(String transport, int connectsPerSecond) {
    this.transport = transport;
    this.connectsPerSecond = connectsPerSecond;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Options of an edge.
  List<String> options() {
    return this == WEBSOCKET ? List.of() : List.of("--quic", label());
  }
}
