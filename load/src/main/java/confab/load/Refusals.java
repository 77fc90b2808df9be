package confab.load;

import confab.participant.JoinException;

/// Tells a person what to do about an edge that does not admit participants of a load.
final class Refusals {
  /// The code of an edge that is about to end, and why participants of such an edge are lost.
  static final String DRAINING = "draining";

  private Refusals() {}

  /// Of the session API, which says more than a status.
  static String explain(JoinException refusal, int status, String where) {
    return refusal.error().equals(DRAINING)
        ? where + " is draining (503): it is about to end and takes nobody any more"
        : explain(status, where);
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
