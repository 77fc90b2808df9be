package confab.protocol.revocations;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;

/// An edge tells the others what was taken back; `docs/PROTOCOL.md` section 4. Immutable.
///
/// @param digest of all that the edge knows: two edges with the same one know the same
/// @param revocations what is new, or a part of all
public record RevocationNotice(long digest, List<Revocation> revocations) {
  /// So many at the most are in one notice, which stays far below what a bus takes.
  public static final int MAX = 500;

  public RevocationNotice {
    revocations = List.copyOf(revocations);
  }

  /// Empty for what is no notice, or one with impossible content.
  public static Optional<RevocationNotice> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.RevocationNotice.parseFrom(bytes);
      return Optional.of(
          new RevocationNotice(
              wire.getDigest(),
              wire.getRevocationsList().stream().map(Revocation::fromWire).toList()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public byte[] toBytes() {
    return confab.protocol.wire.RevocationNotice.newBuilder()
        .setDigest(digest)
        .addAllRevocations(revocations.stream().map(Revocation::toWire).toList())
        .build()
        .toByteArray();
  }
}
