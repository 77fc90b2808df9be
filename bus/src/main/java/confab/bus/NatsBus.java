package confab.bus;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus over NATS. It starts whether or not a server is there, and never gives up: one thread
/// opens a [NatsLink], watches it until it ends, and opens the next. Attachments know nothing of
/// that; with every new link they are subscribed anew. When a server says that it is about to end
/// (lame duck), the bus goes over to another one while it still has this one.
///
/// Nothing is kept for later. A message that is published while no server is in reach is answered
/// with [Offer#DISCONNECTED], and a message that waited when a link broke is gone with that link.
/// Half a second after a server has come to a standstill media are dropped, so half a second of
/// media is the most that can come late.
public final class NatsBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);

  /// The pause between two attempts to open a link is about a quarter of a second, and random, so
  /// that edges do not all dial at once.
  private static final int MIN_PAUSE_MILLIS = 150;

  private static final int MAX_PAUSE_MILLIS = 350;

  /// How long a link goes on beside its successor: the other servers know of the new subscriptions
  /// by then.
  private static final Duration OVERLAP = Duration.ofMillis(500);

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  /// How long closing waits for the last messages to be sent and for jnats to end.
  private static final Duration FLUSH_LIMIT = Duration.ofMillis(300);

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(300);

  private final NatsCounters counters = new NatsCounters();
  private final Repeats repeats = new Repeats();
  private final Echoes echoes = new Echoes();
  private final NatsConfig config;
  private final NatsOptions options;

  /// Not virtual: resolving a host name may hold the thread for seconds.
  private final Thread connector;

  // Owned by the connector.
  private boolean outageTold;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<NatsAttachment> attachments = new HashSet<>();
  // Written under lock; null while no server is in reach.
  private volatile @Nullable NatsLink link;
  // Null but for the time in which there are two links. Written by the connector.
  private volatile @Nullable OwnMessages own;
  private volatile boolean closed;

  private NatsBus(NatsConfig config) {
    this.config = config;
    options = new NatsOptions(config);
    connector = Thread.ofPlatform().name("nats-connector").daemon().unstarted(this::connectForever);
  }

  /// Returns at once; the bus is connected as soon as a server answers.
  ///
  /// @throws IllegalArgumentException with one line for a person, when a file that the config
  ///     names cannot be used
  public static NatsBus connect(NatsConfig config) {
    var bus = new NatsBus(config);
    bus.connector.start();
    return bus;
  }

  @Override
  public Attachment attach(Subject subject, Receiver receiver) {
    var attachment = new NatsAttachment(this, counters, subject, receiver);
    lock.lock();
    try {
      if (!closed) {
        attachments.add(attachment);
        if (link != null) {
          attachment.subscribe(link);
        }
      }
    } finally {
      lock.unlock();
    }
    return attachment;
  }

  /// Never blocks.
  Offer publish(String subject, Channel channel, byte[] message) {
    NatsLink current = link;
    if (current == null) {
      return Offer.DISCONNECTED;
    }
    OwnMessages noted = own;
    if (noted != null) {
      noted.add(message);
    }
    return current.publish(subject, channel, message);
  }

  /// Whether this edge has published it, on the other one of two links.
  boolean isOwn(byte[] message) {
    OwnMessages noted = own;
    return noted != null && noted.contains(message);
  }

  Echoes echoes() {
    return echoes;
  }

  void detach(NatsAttachment attachment) {
    lock.lock();
    try {
      attachments.remove(attachment);
      attachment.unsubscribe();
    } finally {
      lock.unlock();
    }
  }

  void receiverFailed(Subject subject, Throwable why) {
    if (repeats.worthALine("receiver: " + why)) {
      LOG.atWarn().setCause(why).addKeyValue("subject", subject).log("a receiver failed");
    }
  }

  @Override
  public boolean isConnected() {
    NatsLink current = link;
    return current != null && current.isUp();
  }

  @Override
  public Optional<String> fault() {
    NatsLink current = link;
    return current == null || !current.isUp()
        ? Optional.of("NATS is out of reach")
        : Optional.ofNullable(current.fault()).map(said -> "NATS says: " + said);
  }

  @Override
  public BusStats stats() {
    lock.lock();
    try {
      return counters.stats(link == null ? 0 : link.dropped());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    NatsLink last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      last = link;
      takeDown();
      attachments.clear();
    } finally {
      lock.unlock();
    }
    try {
      if (last != null) {
        last.flush(FLUSH_LIMIT);
      }
      connector.interrupt();
      connector.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      connector.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void connectForever() {
    NatsLink leaving = null;
    while (!closed) {
      try {
        leaving = connectOnce(leaving);
        Thread.sleep(ThreadLocalRandom.current().nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
      } catch (InterruptedException e) {
        // Only closing interrupts.
      }
    }
    if (leaving != null) {
      leaving.close();
    }
  }

  /// Opens a link and watches it for as long as its server serves it.
  ///
  /// @param former serves until there is another; its server is about to end
  /// @return the link that is the next `former`; null when it is over
  private @Nullable NatsLink connectOnce(@Nullable NatsLink former) throws InterruptedException {
    var events = new NatsEvents(this::complain);
    NatsLink opened = null;
    NatsLink leaving = null;
    try {
      opened = NatsLink.open(options, events);
      if (takeUp(opened)) {
        LOG.atInfo().addKeyValue("server", opened).log("NATS is in reach");
        outageTold = false;
        watch(opened, former);
        if (opened.isUp()) {
          LOG.atInfo().addKeyValue("server", opened).log("this NATS server is about to end");
          own = new OwnMessages();
          leaving = opened;
        } else {
          counters.disconnects.increment();
          outOfReach(opened.toString(), events.reason());
        }
      }
    } catch (IOException e) {
      if (former != null && former.isUp()) {
        leaving = former;
      } else {
        outOfReach(config.servers().toString(), events.reason());
      }
    } catch (RuntimeException e) {
      // Nobody foresaw this; the loop goes on, or the edge would never hear the others again.
      complain(e.toString());
    } finally {
      if (leaving == null) {
        takeDown();
        own = null;
      }
      closeUnless(leaving, opened);
      closeUnless(leaving, former);
    }
    return leaving;
  }

  private static void closeUnless(@Nullable NatsLink kept, @Nullable NatsLink link) {
    if (link != null && link != kept) {
      link.close();
    }
  }

  /// What is on its way through the former server still comes. What comes through both is known by
  /// its sequence, or by [Echoes].
  private void watch(NatsLink opened, @Nullable NatsLink former) throws InterruptedException {
    Runnable subscribeAnew = () -> subscribeAnew(opened);
    if (former != null) {
      opened.watch(OVERLAP, subscribeAnew);
      retire(former);
    }
    opened.watch(FOREVER, subscribeAnew);
  }

  private void retire(NatsLink former) {
    lock.lock();
    try {
      attachments.forEach(NatsAttachment::leaveFormer);
      counters.droppedIn.add(former.dropped());
    } finally {
      lock.unlock();
    }
    former.close();
    own = null;
  }

  private boolean takeUp(NatsLink opened) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      attachments.forEach(attachment -> attachment.subscribe(opened));
      link = opened;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void subscribeAnew(NatsLink opened) {
    lock.lock();
    try {
      for (NatsAttachment attachment : attachments) {
        attachment.unsubscribe();
        attachment.subscribe(opened);
      }
    } finally {
      lock.unlock();
    }
  }

  private void takeDown() {
    lock.lock();
    try {
      if (link != null) {
        counters.droppedIn.add(link.dropped());
        link = null;
      }
      attachments.forEach(NatsAttachment::forget);
    } finally {
      lock.unlock();
    }
  }

  /// Logs one line when an outage begins; after that only refusals, which a person has to put
  /// right.
  private void outOfReach(String server, NatsEvents.Reason reason) {
    boolean fresh = repeats.worthALine(reason.text());
    if (!closed && (!outageTold || (reason.refused() && fresh))) {
      LOG.atWarn()
          .addKeyValue("server", server)
          .addKeyValue("why", reason.text())
          .log("NATS is out of reach");
    }
    outageTold = true;
  }

  private void complain(String complaint) {
    if (repeats.worthALine(complaint)) {
      LOG.atWarn().addKeyValue("why", complaint).log("NATS complains");
    }
  }
}
