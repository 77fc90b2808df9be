package confab.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one edge knows at first hand of one room, told to the others on the room's presence
/// subject; `docs/PROTOCOL.md` section 4 says when.
///
/// @param version grows with every change of what this edge says
/// @param ask the others are asked for their listing
/// @param listing empty when only the version is told
public record RoomState(EdgeRun edge, long version, boolean ask, Optional<Listing> listing) {

  /// @param members who is here
  /// @param departures who was here until lately
  /// @param name of the room, the latest that this edge knows
  public record Listing(List<Member> members, List<Departure> departures, Optional<RoomName> name) {
    public Listing {
      members = List.copyOf(members);
      departures = List.copyOf(departures);
    }
  }

  /// Empty for what has no good seal of this room, too.
  public static Optional<RoomState> parse(byte[] bytes, Seal seal, RoomId room) {
    return seal.isGood(room.value(), bytes) ? parse(bytes) : Optional.empty();
  }

  /// Empty for what is no room state, or one with impossible content: bad ids or names, or one
  /// session or number twice.
  public static Optional<RoomState> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.RoomState.parseFrom(bytes);
      List<Member> members = wire.getMembersList().stream().map(Member::fromWire).toList();
      var departures = wire.getDeparturesList().stream().map(Departure::fromWire).toList();
      Optional<RoomName> name =
          wire.hasName() ? Optional.of(RoomName.fromWire(wire.getName())) : Optional.empty();
      if (!distinct(members)) {
        return Optional.empty();
      }
      return Optional.of(
          new RoomState(
              new EdgeRun(wire.getEdge()),
              wire.getVersion(),
              wire.getAsk(),
              wire.getFull()
                  ? Optional.of(new Listing(members, departures, name))
                  : Optional.empty()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean distinct(List<Member> members) {
    Set<SessionId> sessions = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    return members.stream()
        .allMatch(each -> sessions.add(each.session()) && numbers.add(each.participant().number()));
  }

  public byte[] toBytes(Seal seal, RoomId room) {
    return seal.put(room.value(), toBytes());
  }

  public byte[] toBytes() {
    var wire =
        confab.protocol.wire.RoomState.newBuilder()
            .setEdge(edge.value())
            .setVersion(version)
            .setAsk(ask)
            .setFull(listing.isPresent());
    listing.ifPresent(
        all -> {
          all.members().forEach(each -> wire.addMembers(each.toWire()));
          all.departures().forEach(each -> wire.addDepartures(each.toWire()));
          all.name().ifPresent(name -> wire.setName(name.toWire()));
        });
    return wire.build().toByteArray();
  }
}
