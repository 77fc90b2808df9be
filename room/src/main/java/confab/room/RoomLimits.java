package confab.room;

import confab.frames.Forwarding;
import confab.frames.MediaLimits;
import confab.frames.Rate;
import confab.protocol.address.Hosts;
import confab.protocol.address.Origins;
import confab.room.limits.TextLimits;
import java.time.Duration;
import java.util.function.Consumer;

/// What rooms allow. Immutable; `edge` fills it from its configuration.
///
/// Other limits come from [#defaults] by [#with], so a limit that is added touches this file only.
///
/// @param maxSessions sessions on this edge
/// @param sessionsPerAddress sessions of one address on this edge
/// @param maxRooms rooms on this edge, empty ones included
/// @param emptyRoomsPerAddress rooms that one address has made and nobody is in
/// @param maxParticipants participants in one room on this edge
/// @param createOnJoin whether joining a room that is not there makes it
/// @param idleTimeout a connection not heard for so long is closed
/// @param resumeWindow how long, since it was last heard, a participant who lost the connection may
///     come back and be the same
/// @param emptyRoomLifetime how long a room without participants is kept
/// @param forwarding how what is spoken is forwarded
/// @param media what one publisher may send
/// @param requests control messages of one connection
/// @param texts what is written in a room
/// @param renames new names of one person in a room
/// @param connects joins from one address
/// @param roomCreations rooms made, by the API or by joining, from one address
/// @param allowedOrigins those of pages that may join besides those of the dialled host
/// @param hosts by which the edge may be reached
/// @param ticketsOnly whether a join needs a ticket, which the session API gives for a token
public record RoomLimits(
    int maxSessions,
    int sessionsPerAddress,
    int maxRooms,
    int emptyRoomsPerAddress,
    int maxParticipants,
    boolean createOnJoin,
    Duration idleTimeout,
    Duration resumeWindow,
    Duration emptyRoomLifetime,
    Forwarding forwarding,
    MediaLimits media,
    Rate requests,
    TextLimits texts,
    Rate renames,
    Rate connects,
    Rate roomCreations,
    Origins allowedOrigins,
    Hosts hosts,
    boolean ticketsOnly) {

  public static RoomLimits defaults() {
    return new RoomLimits(
        2_000,
        // A whole office may sit behind one address.
        200,
        10_000,
        50,
        1_000,
        true,
        Duration.ofSeconds(8),
        Duration.ofSeconds(20),
        Duration.ofMinutes(10),
        Forwarding.defaults(),
        // 20 ms frames make 50/s, 10 ms frames 100/s; a burst covers a stalled radio link.
        new MediaLimits(new Rate(120, 240), new Rate(32_000, 64_000)),
        new Rate(10, 40),
        // A page of text at once and then what fast typing makes; a thousand who chat write less.
        new TextLimits(new Rate(500, 8_000), new Rate(8_000, 64_000)),
        new Rate(0.1, 5),
        new Rate(10, 100),
        new Rate(0.5, 20),
        Origins.NONE,
        Hosts.ANY,
        false);
  }

  /// Sessions of one address that may be away: so many are lost with one network, at most, and come
  /// back as who they were.
  int awayPerAddress() {
    return Math.max(1, sessionsPerAddress / 10);
  }

  /// These, changed by `change`: `limits.with(it -> it.maxRooms = 5)`.
  public RoomLimits with(Consumer<Draft> change) {
    Draft draft = draft();
    change.accept(draft);
    return draft.limits();
  }

  /// The long way round, for changes that may fail.
  public Draft draft() {
    return new Draft(this);
  }

  /// Limits while they are being changed, so that whoever changes one names that one only. Owned by
  /// the thread that runs the change.
  public static final class Draft {
    public int maxSessions;
    public int sessionsPerAddress;
    public int maxRooms;
    public int emptyRoomsPerAddress;
    public int maxParticipants;
    public boolean createOnJoin;
    public Duration idleTimeout;
    public Duration resumeWindow;
    public Duration emptyRoomLifetime;
    public Forwarding forwarding;
    public MediaLimits media;
    public Rate requests;
    public TextLimits texts;
    public Rate renames;
    public Rate connects;
    public Rate roomCreations;
    public Origins allowedOrigins;
    public Hosts hosts;
    public boolean ticketsOnly;

    private Draft(RoomLimits limits) {
      maxSessions = limits.maxSessions;
      sessionsPerAddress = limits.sessionsPerAddress;
      maxRooms = limits.maxRooms;
      emptyRoomsPerAddress = limits.emptyRoomsPerAddress;
      maxParticipants = limits.maxParticipants;
      createOnJoin = limits.createOnJoin;
      idleTimeout = limits.idleTimeout;
      resumeWindow = limits.resumeWindow;
      emptyRoomLifetime = limits.emptyRoomLifetime;
      forwarding = limits.forwarding;
      media = limits.media;
      requests = limits.requests;
      texts = limits.texts;
      renames = limits.renames;
      connects = limits.connects;
      roomCreations = limits.roomCreations;
      allowedOrigins = limits.allowedOrigins;
      hosts = limits.hosts;
      ticketsOnly = limits.ticketsOnly;
    }

    public RoomLimits limits() {
      return new RoomLimits(
          maxSessions,
          sessionsPerAddress,
          maxRooms,
          emptyRoomsPerAddress,
          maxParticipants,
          createOnJoin,
          idleTimeout,
          resumeWindow,
          emptyRoomLifetime,
          forwarding,
          media,
          requests,
          texts,
          renames,
          connects,
          roomCreations,
          allowedOrigins,
          hosts,
          ticketsOnly);
    }
  }
}
