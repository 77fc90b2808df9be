package confab.load;

/// Tells a person what to do about an edge that does not admit participants of a load.
final class Refusals {
  private Refusals() {}

  /// One line for a person.
  static String explain(int status, String where) {
    return switch (status) {
      case 429 ->
          where
              + " takes no more connects from this address (429): raise the edge's"
              + " --connects-per-second (and --rooms-per-minute for many rooms), or --ramp";
      case 503 ->
          where
              + " has no place left (503): raise the edge's --max-sessions, --max-participants"
              + " or --max-rooms";
      default -> where + " refuses participants with status " + status;
    };
  }
}
