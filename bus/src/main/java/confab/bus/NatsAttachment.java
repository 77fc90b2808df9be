package confab.bus;

import confab.bus.Bus.Channel;
import confab.bus.Bus.Offer;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a [NatsBus] does per message, in both directions. An attachment outlives the links. Its
/// lane is the [NatsLane] that delivers to it now: null once the attachment is closed, and while no
/// server is in reach. While the bus goes over to another server the former lane delivers as well.
final class NatsAttachment implements Bus.Attachment {
  private static final Channel[] CHANNELS = Channel.values();

  private final NatsBus bus;
  private final NatsCounters counters;
  private final Subject subject;
  private final Bus.Receiver receiver;
  // By the ordinal of the channel.
  private final String[] subjects;
  // Guarded by the bus's lock.
  private @Nullable Subscription subscription;
  // Written under the bus's lock.
  private volatile @Nullable NatsLane lane;
  private volatile @Nullable NatsLane former;

  NatsAttachment(NatsBus bus, NatsCounters counters, Subject subject, Bus.Receiver receiver) {
    this.bus = bus;
    this.counters = counters;
    this.subject = subject;
    this.receiver = receiver;
    subjects =
        Arrays.stream(CHANNELS)
            .map(channel -> subject.name() + "." + channel.token())
            .toArray(String[]::new);
  }

  @Override
  public Offer publish(Channel channel, byte[] message) {
    Offer offer =
        lane == null
            ? Offer.DISCONNECTED
            : bus.publish(subjects[channel.ordinal()], channel, message);
    (offer == Offer.ACCEPTED ? counters.published : counters.droppedOut).increment();
    return offer;
  }

  private void receive(NatsLane from, Message message) {
    if (from != lane && from != former) {
      return;
    }
    Channel channel = channel(message.getSubject());
    if (channel == null || (channel == Channel.MEDIA && from.isBehind())) {
      counters.droppedIn.increment();
      return;
    }
    if (bus.isOwn(message.getData())) {
      return;
    }
    if (channel == Channel.WORDS && bus.echoes().isEcho(subject, message.getData())) {
      return;
    }
    counters.received.increment();
    try {
      receiver.receive(channel, message.getData());
    } catch (RuntimeException | Error e) {
      bus.receiverFailed(subject, e);
    }
  }

  private @Nullable Channel channel(String name) {
    for (Channel each : CHANNELS) {
      if (name.equals(subjects[each.ordinal()])) {
        return each;
      }
    }
    return null;
  }

  @Override
  public void close() {
    bus.detach(this);
  }

  /// A lane that delivers goes on until [#leaveFormer]. Called under the bus's lock, as
  /// are the next three.
  void subscribe(NatsLink opened) {
    NatsLane chosen = opened.lane(subject);
    former = lane;
    lane = chosen;
    try {
      subscription = chosen.subscribe(subject.name() + ".*", message -> receive(chosen, message));
    } catch (IllegalStateException e) {
      // The link has ended just now; there will be another.
      forget();
    }
  }

  void unsubscribe() {
    try {
      if (lane != null && subscription != null) {
        lane.unsubscribe(subscription);
      }
    } catch (IllegalStateException e) {
      // The link has ended just now, and the subscription with it.
    }
    forget();
  }

  void leaveFormer() {
    former = null;
  }

  void forget() {
    lane = null;
    former = null;
    subscription = null;
  }
}
