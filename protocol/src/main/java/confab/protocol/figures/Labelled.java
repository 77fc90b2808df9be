package confab.protocol.figures;

/// An enum whose constants are the values of a metric's label.
public interface Labelled {
  /// The name in metrics and logs, like `outbox_full`.
  String label();
}
