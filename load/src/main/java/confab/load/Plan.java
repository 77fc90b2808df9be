package confab.load;

import confab.participant.SessionConfig;
import confab.participant.token.TokenSource;
import confab.protocol.RoomId;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the command line asks for.
///
/// @param id tells the frames of this load from those of others, 16 bits
/// @param urls where edges are asked for
/// @param edges names of the edges to load; empty for all that the urls name
/// @param from addresses of this machine that participants come from; empty for any
/// @param tokens of which every participant shows one to the session API
/// @param asking whether every participant asks the session API before it comes
/// @param insecure takes any certificate of an HTTPS address
/// @param publishers of each room; they listen as well
/// @param listeners of each room, who do nothing else
/// @param payloadBytes of every frame
/// @param loudest how many speakers of a room edges forward; 0 for all
/// @param ramp in which the connections come
/// @param duration of all: ramp, warm-up and measured time
record Plan(
    int id,
    List<URI> urls,
    Set<String> edges,
    List<InetAddress> from,
    TokenSource tokens,
    boolean asking,
    boolean insecure,
    Transport transport,
    String roomPrefix,
    int rooms,
    int publishers,
    int listeners,
    Talk talk,
    int payloadBytes,
    int loudest,
    long seed,
    Duration ramp,
    Duration duration) {
  /// Between the last connection and the measured time.
  static final Duration WARM_UP = Duration.ofSeconds(2);

  enum Transport {
    WEBTRANSPORT,
    WEBSOCKET;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Who of a room speaks when.
  enum Talk {
    /// All, all the time.
    ALWAYS,
    /// One after the other, two seconds each.
    ALTERNATING,
    /// Each for some seconds and then not, as people do; silence is sent as DTX sends it.
    DTX
  }

  Plan {
    urls = List.copyOf(urls);
    edges = Set.copyOf(edges);
    from = List.copyOf(from);
  }

  int participants() {
    return publishers + listeners;
  }

  int connections() {
    return rooms * participants();
  }

  RoomId room(int index) {
    return new RoomId(roomPrefix + "-" + index);
  }

  /// @param index in its room
  String user(int index) {
    return index < publishers ? "publisher-" + index : "listener-" + (index - publishers);
  }

  /// How a participant asks the session API.
  ///
  /// @param url where
  /// @param index in its room
  SessionConfig session(URI url, int room, int index) {
    return new SessionConfig(url.toString(), room(room).value(), user(index))
        .withInsecure(insecure)
        .withTokens(tokens);
  }

  /// The length of the measured time.
  Duration measured() {
    return duration.minus(ramp).minus(WARM_UP);
  }
}
