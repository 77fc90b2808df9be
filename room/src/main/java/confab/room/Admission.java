package confab.room;

import confab.protocol.DisplayName;
import confab.protocol.Identity;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.room.grants.Pass;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// The decision, before a connection is accepted, whether a join is let in.
public sealed interface Admission {
  /// The participant is let in. A transport turns this into a connection by [Rooms#connect].
  ///
  /// @param address whose limits it counts against
  /// @param pass by what it may enter
  record Admitted(RoomId room, UserId user, DisplayName name, InetAddress address, Pass pass)
      implements Admission {
    /// Somebody where nobody is asked for a token.
    public Admitted(RoomId room, UserId user, DisplayName name, InetAddress address) {
      this(room, user, name, address, new Pass.Open());
    }

    public Identity identity() {
      return new Identity(user, pass.shown().filter(it -> it.grant().verified()).isPresent());
    }

    /// The user, where a token names it that was shown just now. Whoever dials by an old ticket
    /// enters nowhere by that, and so counts for nobody.
    Optional<UserId> verified() {
      return pass.fresh().filter(it -> it.grant().verified()).map(_ -> user);
    }
  }

  /// The participant is not let in.
  ///
  /// @param status the HTTP status that says so
  /// @param error a code of `docs/PROTOCOL.md` section 2.2
  /// @param message for a person
  /// @param retryAfter when it makes sense to ask again; zero when it does not
  record Refused(int status, String error, String message, Duration retryAfter)
      implements Admission {
    static Refused of(int status, String error, String message) {
      return new Refused(status, error, message, Duration.ZERO);
    }

    /// Of an address that has done something too often.
    ///
    /// @param message a sentence that says what
    /// @param wait nanoseconds until it makes sense to ask again
    public static Refused tooOften(String message, long wait) {
      Duration retryAfter = Duration.ofSeconds(Duration.ofNanos(wait).toSeconds() + 1);
      return new Refused(
          429,
          "rate_limited",
          message + " Try again in " + retryAfter.toSeconds() + " s.",
          retryAfter);
    }
  }
}
