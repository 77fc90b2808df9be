package confab.room.grants;

import confab.protocol.UserId;
import confab.protocol.figures.Figure;
import confab.protocol.grants.Grant;
import confab.protocol.revocations.Revocation;
import confab.protocol.revocations.Revocation.OfToken;
import confab.protocol.revocations.Revocation.OfUser;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was taken back, wherever it was said, until nothing that it concerns could be good. What is
/// known only grows until then, so edges that tell each other come to know the same. Thread-safe.
///
/// Bound: [#MAX]; more are not taken, and whoever asks is told.
public final class Revocations {
  static final int MAX = 100_000;

  private final InstantSource clock;
  private final Map<String, OfToken> tokens = new ConcurrentHashMap<>();
  private final Map<UserId, OfUser> users = new ConcurrentHashMap<>();
  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

  /// The sum of the hashes of all, which does not depend on their order. Guarded by this.
  private long digest;

  /// What became of one.
  public enum Outcome {
    ADDED,
    /// Known already, or over.
    KNOWN,
    /// There is no room for another.
    FULL
  }

  public Revocations(InstantSource clock) {
    this.clock = clock;
  }

  /// @param listener called with each that is new, on the thread that adds it; does not block
  public void onAdded(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  public Outcome add(Revocation revocation) {
    Outcome outcome = put(revocation);
    if (outcome == Outcome.ADDED) {
      listeners.forEach(each -> each.accept(revocation));
    }
    return outcome;
  }

  private synchronized Outcome put(Revocation revocation) {
    if (!revocation.until().isAfter(clock.instant())) {
      return Outcome.KNOWN;
    }
    Revocation former = former(revocation);
    Revocation merged = former == null ? revocation : merge(former, revocation);
    if (merged.equals(former)) {
      return Outcome.KNOWN;
    }
    if (former == null && count() >= MAX) {
      return Outcome.FULL;
    }
    if (former != null) {
      digest -= hash(former);
    }
    digest += hash(merged);
    switch (merged) {
      case OfToken ofToken -> tokens.put(ofToken.token(), ofToken);
      case OfUser ofUser -> users.put(ofUser.user(), ofUser);
    }
    return Outcome.ADDED;
  }

  private @Nullable Revocation former(Revocation revocation) {
    return switch (revocation) {
      case OfToken(String token, Instant _) -> tokens.get(token);
      case OfUser(UserId user, Instant _, Instant _) -> users.get(user);
    };
  }

  /// The later of both counts, in whatever order they come.
  private static Revocation merge(Revocation former, Revocation next) {
    Instant until = later(former.until(), next.until());
    return former instanceof OfUser(UserId user, Instant before, Instant _)
            && next instanceof OfUser(UserId _, Instant nextBefore, Instant _)
        ? new OfUser(user, later(before, nextBefore), until)
        : new OfToken(((OfToken) next).token(), until);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// Forgets what is over. Called every now and then.
  public synchronized void sweep() {
    Instant now = clock.instant();
    all().filter(each -> !each.until().isAfter(now)).forEach(this::forget);
  }

  private void forget(Revocation past) {
    digest -= hash(past);
    switch (past) {
      case OfToken(String token, Instant _) -> tokens.remove(token);
      case OfUser(UserId user, Instant _, Instant _) -> users.remove(user);
    }
  }

  private static long hash(Revocation revocation) {
    try {
      byte[] bytes = revocation.toWire().toByteArray();
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Whether what this user was granted is taken back. Where nobody is asked for a token there is
  /// nothing to take.
  ///
  /// @param user null when it is not known who uses it
  public boolean cover(@Nullable UserId user, Grant grant) {
    if (grant.expires().equals(Grant.NEVER)) {
      return false;
    }
    OfUser ofUser = user == null ? null : users.get(user);
    return tokens.containsKey(grant.token())
        || (ofUser != null && grant.issued().isBefore(ofUser.before()));
  }

  /// All of them as of some moment, in no order.
  public Stream<Revocation> all() {
    return Stream.concat(tokens.values().stream(), users.values().stream());
  }

  /// Two edges with the same one know the same.
  public synchronized long digest() {
    return digest;
  }

  @Figure(
      name = "revocations",
      gauge = true,
      value = "Tokens that were taken back, and users whose tokens were")
  public int count() {
    return tokens.size() + users.size();
  }
}
