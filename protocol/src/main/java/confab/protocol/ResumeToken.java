package confab.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// What an edge vouches for to every edge that has the same key: that the bearer is this session.
/// On the wire Protobuf and its HMAC-SHA-256 (RFC 2104), in base64url; opaque to participants.
///
/// @param room where the session is; the token is worth nothing elsewhere
/// @param member the session as it was when the token was made
/// @param grant what it may; a session that comes back has neither more nor fewer rights
public record ResumeToken(RoomId room, Member member, Grant grant, Instant expires) {
  /// Longer ones are not looked at.
  static final int MAX_CHARS = 3072;

  /// A key that edges share.
  ///
  /// @param secret any text; its bytes are the key of the HMAC
  public static SecretKeySpec key(String secret) {
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HmacSha256.ALGORITHM);
  }

  public String sign(SecretKeySpec key) {
    byte[] claims =
        confab.protocol.wire.ResumeClaims.newBuilder()
            .setSession(member.session().value())
            .setAttempt(member.attempt())
            .setRoom(room.value())
            .setParticipant(member.participant().withAttributes(Attributes.NONE).toWire())
            .setBegan(member.began())
            .setGrant(grant.toWire())
            .setExpires(expires.toEpochMilli())
            .build()
            .toByteArray();
    byte[] token = Arrays.copyOf(claims, claims.length + HmacSha256.BYTES);
    System.arraycopy(HmacSha256.of(key, claims), 0, token, claims.length, HmacSha256.BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// Empty unless the token was signed with this key. Whether it has expired is for the caller to
  /// say.
  public static Optional<ResumeToken> verify(String token, SecretKeySpec key) {
    try {
      byte[] bytes =
          token.length() > MAX_CHARS ? new byte[0] : Base64.getUrlDecoder().decode(token);
      int length = bytes.length - HmacSha256.BYTES;
      if (length < 0) {
        return Optional.empty();
      }
      byte[] claims = Arrays.copyOf(bytes, length);
      byte[] mac = Arrays.copyOfRange(bytes, length, bytes.length);
      if (!MessageDigest.isEqual(mac, HmacSha256.of(key, claims))) {
        return Optional.empty();
      }
      var wire = confab.protocol.wire.ResumeClaims.parseFrom(claims);
      // Edges that know of no grants ask nobody for a token.
      Grant grant = wire.hasGrant() ? Grant.fromWire(wire.getGrant()) : Grant.OPEN;
      return Optional.of(
          new ResumeToken(
              new RoomId(wire.getRoom()),
              new Member(
                  new SessionId(wire.getSession()),
                  wire.getAttempt(),
                  Participant.fromWire(wire.getParticipant()).withAttributes(grant.attributes()),
                  wire.getBegan()),
              grant,
              Instant.ofEpochMilli(wire.getExpires())));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
