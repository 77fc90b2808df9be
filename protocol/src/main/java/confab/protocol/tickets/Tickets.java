package confab.protocol.tickets;

import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.Seal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// Writes tickets and reads them: Protobuf with a [Seal], in base64url, opaque to participants.
/// Thread-safe.
public final class Tickets {
  /// Longer ones are not looked at, and there are none: what a ticket holds is limited. It is part
  /// of an address, of which proxies pass some kilobytes.
  private static final int MAX_CHARS = 3072;

  /// Nothing else that is sealed by the same keys can be taken for a ticket.
  private static final String PLACE = "ticket";

  private final Seal seal;

  /// @param keys that edges share: the first seals, all of them are good
  public Tickets(List<SecretKeySpec> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("without a key every ticket would be good");
    }
    seal = Seal.by(keys);
  }

  public String write(Ticket ticket) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seal.put(PLACE, ticket.toBytes()));
  }

  /// Empty unless an edge with one of the keys has written it. Whether it is too old is for the
  /// caller to say.
  public Optional<Ticket> read(String text) {
    try {
      byte[] bytes = text.length() > MAX_CHARS ? new byte[0] : Base64.getUrlDecoder().decode(text);
      return bytes.length > 0 && seal.isGood(PLACE, bytes)
          ? Optional.of(Ticket.fromWire(confab.protocol.wire.Ticket.parseFrom(bytes)))
          : Optional.empty();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
