package confab.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.address.Authority;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An edge tells the others where participants find it; `docs/PROTOCOL.md` section 4.
///
/// @param name as its operator called it
/// @param webTransportUrl empty when it is not to be dialled from elsewhere
/// @param certificateHashes SHA-256; empty when browsers trust the certificate
/// @param webSocketUrl empty when WebSocket goes by the address of the page
/// @param draining takes no more sessions and is about to end
/// @param at when it says so, by its own clock; empty when it does not tell
public record EdgeNotice(
    EdgeRun edge,
    String name,
    Optional<URI> webTransportUrl,
    List<byte[]> certificateHashes,
    Optional<URI> webSocketUrl,
    int sessions,
    int maxSessions,
    boolean draining,
    Optional<Instant> at) {
  private static final int HASH_BYTES = 32;
  private static final int MAX_HASHES = 4;

  public EdgeNotice {
    certificateHashes = List.copyOf(certificateHashes);
    if (!name.matches("[A-Za-z0-9._-]{1,64}")
        || sessions < 0
        || maxSessions < 1
        || certificateHashes.size() > MAX_HASHES
        || certificateHashes.stream().anyMatch(hash -> hash.length != HASH_BYTES)) {
      throw new IllegalArgumentException("impossible notice");
    }
  }

  /// The share of its places that is taken, 0 to 1 and, for a moment, more.
  public double load() {
    return (double) sessions / maxSessions;
  }

  /// Empty for what is no notice, or one with impossible content.
  public static Optional<EdgeNotice> parse(byte[] bytes) {
    try {
      var wire = confab.protocol.wire.EdgeNotice.parseFrom(bytes);
      return Optional.of(
          new EdgeNotice(
              new EdgeRun(wire.getEdge()),
              wire.getName(),
              url(wire.getWebtransportUrl(), "https"),
              wire.getCertificateHashesList().stream().map(ByteString::toByteArray).toList(),
              url(wire.getWebsocketUrl(), "ws"),
              wire.getSessions(),
              wire.getMaxSessions(),
              wire.getDraining(),
              Optional.of(wire.getTime()).filter(time -> time > 0).map(Instant::ofEpochMilli)));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> url(String text, String scheme) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI url = URI.create(text);
    if (Authority.of(url) == null || !url.getScheme().startsWith(scheme)) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(url);
  }

  public byte[] toBytes() {
    return confab.protocol.wire.EdgeNotice.newBuilder()
        .setEdge(edge.value())
        .setName(name)
        .setWebtransportUrl(webTransportUrl.map(URI::toString).orElse(""))
        .addAllCertificateHashes(certificateHashes.stream().map(ByteString::copyFrom).toList())
        .setWebsocketUrl(webSocketUrl.map(URI::toString).orElse(""))
        .setSessions(sessions)
        .setMaxSessions(maxSessions)
        .setDraining(draining)
        .setTime(at.map(Instant::toEpochMilli).orElse(0L))
        .build()
        .toByteArray();
  }
}
