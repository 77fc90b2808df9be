package confab.protocol.logins;

import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.util.Optional;

/// Somebody whom an OpenID provider has told an edge. Immutable.
///
/// @param name empty where the provider tells none
/// @param grant in all rooms, until the login ends
public record Login(UserId user, Optional<DisplayName> name, Grant grant) {
  public byte[] toBytes() {
    var wire =
        confab.protocol.wire.Login.newBuilder().setUser(user.value()).setGrant(grant.toWire());
    name.ifPresent(it -> wire.setName(it.value()));
    return wire.build().toByteArray();
  }

  /// Empty when no edge writes such a one.
  public static Optional<Login> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.Login.parseFrom(bytes);
      return Optional.of(
          new Login(
              new UserId(wire.getUser()),
              wire.getName().isEmpty()
                  ? Optional.empty()
                  : Optional.of(new DisplayName(wire.getName())),
              Grant.fromWire(wire.getGrant())));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
