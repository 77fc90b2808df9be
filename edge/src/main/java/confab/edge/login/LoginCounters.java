package confab.edge.login;

import confab.access.login.LoginOutcome;
import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;

/// What becomes of people who go to log in. Thread-safe.
public final class LoginCounters {
  private final Counts<LoginOutcome> outcomes = new Counts<>(LoginOutcome.class);

  void count(LoginOutcome outcome) {
    outcomes.increment(outcome);
  }

  @Figure(name = "logins", by = "outcome", value = "Logins, by what became of them")
  public long logins(LoginOutcome outcome) {
    return outcomes.of(outcome);
  }
}
