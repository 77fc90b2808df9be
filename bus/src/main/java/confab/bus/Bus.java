package confab.bus;

import confab.protocol.figures.Figure;
import java.util.Optional;

/// Carries messages between the edges that attached to the same subject. One `Bus` is one edge's
/// connection to it, and what an edge publishes never comes back to itself. A message that cannot
/// be delivered now is dropped: media that comes late is worth nothing, and presence repeats
/// itself.
///
/// All methods may be called from any thread.
public interface Bus extends AutoCloseable {
  /// Subscribes to all channels of `subject` and allows publishing on them. An edge attaches once
  /// per subject.
  Attachment attach(Subject subject, Receiver receiver);

  /// Whether what is published now reaches the other edges, as far as this one can tell.
  @Figure(name = "connected", gauge = true, value = "1 while the bus is reached")
  boolean isConnected();

  /// What keeps messages from travelling now, in words for a person; empty when nothing does. A bus
  /// that is connected can have one, too: who may not subscribe hears nobody.
  Optional<String> fault();

  BusStats stats();

  /// Detaches everything. Publishing afterwards answers [Offer#DISCONNECTED].
  @Override
  void close();

  /// The kinds of messages; the kind is the last token of the subject.
  enum Channel {
    /// Bundles of frames. Dropped, the oldest first, when they come faster than they are taken.
    MEDIA("media"),
    /// State that repeats itself; kept rather than media.
    PRESENCE("presence"),
    /// What participants write to each other, told once; kept rather than media.
    WORDS("words");

    private final String token;

    Channel(String token) {
      this.token = token;
    }

    String token() {
      return token;
    }
  }

  /// An edge's hold on one subject, kept while the edge has use for it.
  interface Attachment extends AutoCloseable {
    /// Never blocks and never throws. The array belongs to the bus from now on and is not changed
    /// by anybody.
    Offer publish(Channel channel, byte[] message);

    /// No message is delivered after this returns, save one that is being delivered right now.
    @Override
    void close();
  }

  /// Takes a message on the bus's own thread or, in-process, on the publisher's: it does not block,
  /// does not throw and does not change the array.
  @FunctionalInterface
  interface Receiver {
    void receive(Channel channel, byte[] message);
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
