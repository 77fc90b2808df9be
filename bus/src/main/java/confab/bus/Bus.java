package confab.bus;

/// Carries messages between the edges that attached to the same subject. One `Bus` is one edge's
/// connection; what an edge publishes never comes back to itself, and what the bus cannot deliver
/// now is dropped, since media that comes late is worth nothing.
///
/// All methods may be called from any thread.
public interface Bus extends AutoCloseable {
  /// Subscribes to `subject` and allows publishing on it. An edge attaches once per subject.
  Attachment attach(Subject subject, Receiver receiver);

  /// Detaches everything. Publishing afterwards answers [Offer#DISCONNECTED].
  @Override
  void close();

  /// An edge's hold on one subject, kept while the edge has use for it.
  interface Attachment extends AutoCloseable {
    /// Never blocks and never throws. The array belongs to the bus from now on and is not changed
    /// by anybody.
    Offer publish(byte[] message);

    /// No message is delivered after this returns, save one that is being delivered right now.
    @Override
    void close();
  }

  /// Takes a message on the bus's own thread or, in-process, on the publisher's: it does not block,
  /// does not throw and does not change the array.
  @FunctionalInterface
  interface Receiver {
    void receive(byte[] message);
  }

  /// What became of a message.
  enum Offer {
    ACCEPTED,
    /// The bus has no room for it now.
    DROPPED,
    /// The bus or the attachment is closed, or the bus is out of reach.
    DISCONNECTED
  }
}
