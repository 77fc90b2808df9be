package confab.room;

import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides on admission; the rules that need to know which rooms there are stay in [Rooms].
/// Thread-safe.
final class Gate {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final RoomLimits limits;
  private final AddressLimiter connects;
  private final AddressLimiter roomCreations;

  Gate(RoomLimits limits) {
    this.limits = limits;
    connects = new AddressLimiter(limits.connects());
    roomCreations = new AddressLimiter(limits.roomCreations());
  }

  /// Checks everything about the request itself.
  Admission check(JoinRequest request) {
    if (!originAllowed(request.origin(), request.authority())) {
      return Refused.of(403, "origin_forbidden", "This page may not join rooms of this edge.");
    }
    if (!RoomId.isValid(request.room())) {
      return Refused.of(
          400,
          "bad_room",
          "A room id has 1 to 64 lower-case letters, digits and dashes and does not begin with a"
              + " dash.");
    }
    if (!UserId.isValid(request.user())) {
      return Refused.of(
          400, "bad_user", "A user id has 1 to 64 letters, digits, dots, dashes and underscores.");
    }
    String name = request.name() == null ? request.user() : request.name();
    if (!DisplayName.isValid(name)) {
      return badName();
    }
    return new Admitted(
        new RoomId(request.room()), new UserId(request.user()), new DisplayName(name));
  }

  static Refused badName() {
    return Refused.of(
        400,
        "bad_name",
        "A name has 1 to "
            + DisplayName.MAX_CODE_POINTS
            + " characters and no control characters.");
  }

  /// Null when one more connect is within the limit.
  ///
  /// @param take whether it counts, or is only asked about
  @Nullable Refused limitConnect(InetAddress address, long now, boolean take) {
    return limit(connects, address, now, take, "Too many connections from your address.");
  }

  /// Null when one more room is within the limit.
  @Nullable Refused limitRoomCreation(InetAddress address, long now, boolean take) {
    return limit(roomCreations, address, now, take, "Too many new rooms from your address.");
  }

  private static @Nullable Refused limit(
      AddressLimiter limiter, InetAddress address, long now, boolean take, String message) {
    long wait = limiter.nanosUntilNext(address, now);
    if (wait == 0 && (!take || limiter.tryTake(address, now))) {
      return null;
    }
    Duration retryAfter = Duration.ofSeconds(Duration.ofNanos(wait).toSeconds() + 1);
    return new Refused(
        429,
        "rate_limited",
        message + " Try again in " + retryAfter.toSeconds() + " s.",
        retryAfter);
  }

  /// Only browsers send an origin, and only they can be made to connect by a page their user did
  /// not mean to trust (RFC 6455 §10.2).
  private boolean originAllowed(@Nullable String origin, String authority) {
    if (origin == null || limits.allowedOrigins().contains(origin)) {
      return true;
    }
    String from = host(origin);
    String dialled = host("any://" + authority);
    return from != null
        && dialled != null
        && (from.equals(dialled) || (LOOPBACK.contains(from) && LOOPBACK.contains(dialled)));
  }

  private static @Nullable String host(String uri) {
    try {
      String host = URI.create(uri).getHost();
      return host == null ? null : host.toLowerCase(java.util.Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
