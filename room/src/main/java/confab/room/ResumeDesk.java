package confab.room;

import confab.protocol.Member;
import confab.protocol.ResumeToken;
import confab.protocol.RoomId;
import confab.protocol.figures.Counts;
import confab.protocol.grants.Grant;
import confab.room.Admission.Admitted;
import confab.room.grants.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Issues and checks resume tokens, and counts what became of them. Thread-safe.
final class ResumeDesk {
  /// A token is renewed this often.
  static final Duration RENEWAL = Duration.ofSeconds(5);

  /// The clocks of two edges may differ by this much. A token that is good for longer than the
  /// window does no harm: an edge that has the room knows which sessions have ended.
  static final Duration CLOCK_SKEW = Duration.ofSeconds(65);

  private static final Logger LOG = LoggerFactory.getLogger(ResumeDesk.class);

  private final List<SecretKeySpec> keys;
  private final Duration lifetime;
  private final Revocations revocations;
  private final InstantSource clock;
  private final Counts<Resumption> counts = new Counts<>(Resumption.class);

  /// @param window how long after its connection was lost a session may come back
  ResumeDesk(
      List<SecretKeySpec> keys, Duration window, Revocations revocations, InstantSource clock) {
    this.keys = keys;
    this.revocations = revocations;
    this.clock = clock;
    lifetime = window.plus(RENEWAL).plus(CLOCK_SKEW);
  }

  String issue(RoomId room, Member member, Grant grant) {
    return new ResumeToken(room, member, grant, clock.instant().plus(lifetime))
        .sign(keys.getFirst());
  }

  /// What the token vouches for, if it is good for this admission.
  Optional<ResumeToken> check(String token, Admitted admitted) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<ResumeToken> verified =
        keys.stream().flatMap(key -> ResumeToken.verify(token, key).stream()).findFirst();
    if (verified.isEmpty()) {
      return refuse(Resumption.FORGED, admitted);
    }
    ResumeToken claims = verified.get();
    if (!claims.room().equals(admitted.room())
        || !claims.member().participant().user().equals(admitted.user())) {
      return refuse(Resumption.FOREIGN, admitted);
    }
    if (revocations.cover(admitted.user(), claims.grant())) {
      return refuse(Resumption.REVOKED, admitted);
    }
    Instant now = clock.instant();
    return claims.expires().isBefore(now) || claims.grant().hasEnded(now)
        ? refuse(Resumption.EXPIRED, admitted)
        : verified;
  }

  /// Notes a token that is not honoured.
  Optional<ResumeToken> refuse(Resumption why, Admitted admitted) {
    count(why);
    LOG.atWarn()
        .addKeyValue("room", admitted.room())
        .addKeyValue("user", admitted.user())
        .addKeyValue("why", why.label())
        .log("resume token ignored");
    return Optional.empty();
  }

  void count(Resumption outcome) {
    counts.increment(outcome);
  }

  long counted(Resumption outcome) {
    return counts.of(outcome);
  }
}
