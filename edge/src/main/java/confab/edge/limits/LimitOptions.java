package confab.edge.limits;

import confab.frames.MediaLimits;
import confab.frames.Rate;
import confab.room.RoomLimits;
import confab.room.limits.TextLimits;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/// The options of `confab serve` about what addresses, rooms and people may do. Each default stands
/// in [RoomLimits#defaults].
public final class LimitOptions {
  private static final RoomLimits LIMITS = RoomLimits.defaults();
  private static final double SECONDS_PER_MINUTE = 60;

  private static final String FRAMES = "--frames-per-second";
  private static final String BYTES = "--bytes-per-second";
  private static final String REQUESTS = "--requests-per-second";
  private static final String TEXT = "--text-per-second";
  private static final String ROOM_TEXT = "--room-text-per-second";
  private static final String RENAMES = "--renames-per-minute";
  private static final String CONNECTS = "--connects-per-second";
  private static final String ROOMS = "--rooms-per-minute";

  /// What options of rates change, as it is without them.
  public static final Map<String, Rate> RATES =
      Map.of(
          FRAMES, LIMITS.media().frames(),
          BYTES, LIMITS.media().bytes(),
          REQUESTS, LIMITS.requests(),
          TEXT, LIMITS.texts().person(),
          ROOM_TEXT, LIMITS.texts().room(),
          RENAMES, LIMITS.renames(),
          CONNECTS, LIMITS.connects(),
          ROOMS, LIMITS.roomCreations());

  /// A burst that would hold less than one full datagram would let nothing pass.
  private static final int MIN_BYTES_BURST = 1200;

  @Option(
      names = FRAMES,
      paramLabel = "N",
      description = "Media frames of one publisher. Default: {default}, {burst} at once.")
  double framesPerSecond = LIMITS.media().frames().perSecond();

  @Option(
      names = BYTES,
      paramLabel = "N",
      description = "Media bytes of one publisher. Default: {default}, {burst} at once.")
  double bytesPerSecond = LIMITS.media().bytes().perSecond();

  @Option(
      names = REQUESTS,
      paramLabel = "N",
      description = "Requests of one connection. Default: {default}, {burst} at once.")
  double requestsPerSecond = LIMITS.requests().perSecond();

  @Option(
      names = TEXT,
      paramLabel = "N",
      description = "Bytes that one person writes. Default: {default}, {burst} at once.")
  double textPerSecond = LIMITS.texts().person().perSecond();

  @Option(
      names = ROOM_TEXT,
      paramLabel = "N",
      description = "Bytes that all in one room write. Default: {default}, {burst} at once.")
  double roomTextPerSecond = LIMITS.texts().room().perSecond();

  @Option(
      names = RENAMES,
      paramLabel = "N",
      description = "New names of one person in a room. Default: {default}, {burst} at once.")
  double renamesPerMinute = LIMITS.renames().perSecond() * SECONDS_PER_MINUTE;

  @Option(
      names = CONNECTS,
      paramLabel = "N",
      description = "Joins from one address. Default: {default}, {burst} at once.")
  double connectsPerSecond = LIMITS.connects().perSecond();

  @Option(
      names = "--sessions-per-address",
      paramLabel = "N",
      description = "Sessions of one address on this edge. Default: {default}.")
  int sessionsPerAddress = LIMITS.sessionsPerAddress();

  @Option(
      names = "--empty-rooms-per-address",
      paramLabel = "N",
      description = "Rooms that one address has made and nobody is in. Default: {default}.")
  int emptyRoomsPerAddress = LIMITS.emptyRoomsPerAddress();

  @Option(
      names = ROOMS,
      paramLabel = "N",
      description = "New rooms from one address. Default: {default}, {burst} at once.")
  double roomsPerMinute = LIMITS.roomCreations().perSecond() * SECONDS_PER_MINUTE;

  /// @throws IllegalArgumentException when a value is outside what it may be
  public void applyTo(RoomLimits.Draft it) {
    it.media =
        new MediaLimits(
            rate(FRAMES, framesPerSecond), rate(BYTES, bytesPerSecond, MIN_BYTES_BURST));
    it.requests = rate(REQUESTS, requestsPerSecond);
    it.texts =
        new TextLimits(
            rate(TEXT, textPerSecond, TextLimits.LONGEST),
            rate(ROOM_TEXT, roomTextPerSecond, TextLimits.LONGEST));
    it.renames = rate(RENAMES, renamesPerMinute / SECONDS_PER_MINUTE);
    it.connects = rate(CONNECTS, connectsPerSecond);
    check(sessionsPerAddress >= 1, "--sessions-per-address", "at least 1");
    it.sessionsPerAddress = sessionsPerAddress;
    check(emptyRoomsPerAddress >= 1, "--empty-rooms-per-address", "at least 1");
    it.emptyRoomsPerAddress = emptyRoomsPerAddress;
    it.roomCreations = rate(ROOMS, roomsPerMinute / SECONDS_PER_MINUTE);
  }

  /// How much more often than by default an address may join.
  public double joins() {
    return connectsPerSecond / LIMITS.connects().perSecond();
  }

  private static Rate rate(String option, double perSecond, int minBurst) {
    Rate rate = rate(option, perSecond);
    return new Rate(rate.perSecond(), Math.max(minBurst, rate.burst()));
  }

  /// The burst keeps its proportion to the rate.
  private static Rate rate(String option, double perSecond) {
    check(perSecond > 0 && perSecond <= 1e9, option, "above 0 and at most a thousand million");
    return Objects.requireNonNull(RATES.get(option)).scaledTo(perSecond);
  }

  private static void check(boolean right, String option, String allowed) {
    if (!right) {
      throw new IllegalArgumentException("the value of " + option + " has to be " + allowed);
    }
  }
}
