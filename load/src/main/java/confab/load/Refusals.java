package confab.load;

import confab.participant.JoinException;
import java.net.URI;

/// Tells a person what to do about an edge that does not admit participants of a load.
final class Refusals {
  /// The code of an edge that is about to end, and why participants of such an edge are lost.
  static final String DRAINING = "draining";

  private Refusals() {}

  /// Of the session API, which says more than a status, or does not answer.
  static String explain(JoinException refusal, URI where) {
    if (refusal.status().isEmpty()) {
      boolean untrusted = refusal.error().equals(JoinException.UNTRUSTED);
      return refusal.getMessage() + (untrusted ? "; --insecure accepts any certificate" : "");
    }
    if (refusal.error().equals(DRAINING)) {
      return where + " is draining (503): it is about to end and takes nobody any more";
    }
    int status = refusal.status().getAsInt();
    return switch (status) {
      case 401, 403 ->
          where
              + " refuses participants: "
              + refusal.getMessage()
              + ". The load needs a --token for no user and for all of its rooms";
      default -> explain(status, where.toString());
    };
  }

  /// One line for a person.
  static String explain(int status, String where) {
    return switch (status) {
      case 429 ->
          where
              + " takes no more connects from this address (429): raise the edge's"
              + " --connects-per-second (and --rooms-per-minute for many rooms), or --ramp, or come"
              + " --from several addresses";
      case 503 ->
          where
              + " has no place left or is draining (503): raise the edge's --max-sessions,"
              + " --sessions-per-address, --max-participants or --max-rooms, or come --from several"
              + " addresses";
      default -> where + " refuses participants with status " + status;
    };
  }
}
