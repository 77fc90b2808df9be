package confab.bus;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The bus inside one process. An edge that runs alone needs no other bus, and tests join several
/// edges by one [Network]. It delivers on the publisher's thread, so it has no queue to bound.
public final class LocalBus implements Bus {
  private final Network network;
  private final LongAdder published = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder droppedOut = new LongAdder();
  private volatile boolean closed;

  private LocalBus(Network network) {
    this.network = network;
  }

  /// A bus with nobody else on it.
  public static LocalBus alone() {
    return new Network().connect();
  }

  /// What several buses of one process have in common.
  public static final class Network {
    private final ConcurrentHashMap<Subject, Line> lines = new ConcurrentHashMap<>();

    public LocalBus connect() {
      return new LocalBus(this);
    }
  }

  @Override
  public Attachment attach(Subject subject, Receiver receiver) {
    var attachment = new LocalAttachment(subject, receiver);
    if (!closed) {
      attachment.line = network.lines.compute(subject, (s, line) -> Line.with(line, attachment));
    }
    return attachment;
  }

  @Override
  public boolean isConnected() {
    return !closed;
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }

  @Override
  public BusStats stats() {
    return new BusStats(published.sum(), received.sum(), droppedOut.sum(), 0, 0);
  }

  @Override
  public void close() {
    closed = true;
    network.lines.values().stream()
        .flatMap(line -> Arrays.stream(line.attachments))
        .filter(attachment -> attachment.bus() == this)
        .forEach(LocalAttachment::close);
  }

  /// Everybody attached to one subject. The array is replaced, under the map's lock of the subject,
  /// when somebody attaches or detaches; publishing reads it once.
  private static final class Line {
    private volatile LocalAttachment[] attachments = {};

    static Line with(@Nullable Line line, LocalAttachment added) {
      Line result = line == null ? new Line() : line;
      LocalAttachment[] old = result.attachments;
      LocalAttachment[] grown = Arrays.copyOf(old, old.length + 1);
      grown[old.length] = added;
      result.attachments = grown;
      return result;
    }

    /// The line without `removed`; null when nobody is left, which takes the line out of the map.
    @Nullable Line without(LocalAttachment removed) {
      attachments =
          Arrays.stream(attachments)
              .filter(each -> each != removed)
              .toArray(LocalAttachment[]::new);
      return attachments.length == 0 ? null : this;
    }
  }

  private final class LocalAttachment implements Attachment {
    private final Subject subject;
    private final Receiver receiver;
    private volatile @Nullable Line line;

    LocalAttachment(Subject subject, Receiver receiver) {
      this.subject = subject;
      this.receiver = receiver;
    }

    LocalBus bus() {
      return LocalBus.this;
    }

    @Override
    public Offer publish(Channel channel, byte[] message) {
      Line current = line;
      if (current == null) {
        droppedOut.increment();
        return Offer.DISCONNECTED;
      }
      published.increment();
      for (LocalAttachment each : current.attachments) {
        if (each.bus() != bus()) {
          each.bus().received.increment();
          each.receiver.receive(channel, message);
        }
      }
      return Offer.ACCEPTED;
    }

    @Override
    public void close() {
      line = null;
      network.lines.computeIfPresent(subject, (s, current) -> current.without(this));
    }
  }
}
