package confab.cli;

import confab.participant.Session;
import confab.participant.Session.Ending;
import confab.participant.SessionListener;
import confab.protocol.CloseReason;
import confab.terminal.Terminal;
import java.util.Optional;

/// What commands tell a person of their sessions.
final class Sessions {
  private static final Optional<CloseReason> LEFT = Optional.of(CloseReason.LEFT);

  private Sessions() {}

  /// For whoever listens to nothing else: what did not work, as it comes.
  static SessionListener notices(Terminal terminal) {
    return new SessionListener() {
      @Override
      public void notice(String line) {
        terminal.warn(line);
      }
    };
  }

  /// For logs and for people who wonder whether it works.
  static void tellOfJoining(Terminal terminal, Session session) {
    terminal.log(
        "joined as %s over %s, %d others"
            .formatted(
                session.you().name(), session.transport().label(), session.roster().size() - 1));
  }

  /// Prints why a session ended, unless it was left.
  ///
  /// @param ending empty when it goes on
  /// @return the exit code that goes with it
  static int end(Terminal terminal, Optional<Ending> ending) {
    boolean well = ending.flatMap(Ending::reason).equals(LEFT);
    return ending.isEmpty() || well
        ? 0
        : terminal.fail("the session has ended: " + ending.get().detail());
  }
}
