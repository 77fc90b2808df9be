package confab.access.login;

/// Why somebody is not logged in. The message is one line for the log, with nothing secret.
public final class LoginFailure extends Exception {
  private final LoginOutcome outcome;

  public LoginFailure(LoginOutcome outcome, String why) {
    super(why);
    this.outcome = outcome;
  }

  LoginFailure(LoginOutcome outcome, String why, Throwable cause) {
    super(why, cause);
    this.outcome = outcome;
  }

  public LoginOutcome outcome() {
    return outcome;
  }
}
