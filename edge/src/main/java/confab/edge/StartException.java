package confab.edge;

/// Says that an edge cannot start as it is configured. The message is one line for the person who
/// starts it.
public final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }
}
