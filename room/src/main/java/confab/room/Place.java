package confab.room;

import confab.frames.Arrivals;
import confab.frames.DropReason;
import confab.frames.MediaCounters;
import confab.frames.Publisher;
import confab.frames.Subscriber;
import confab.protocol.ChatText;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.protocol.RoomName;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.room.grants.TokenReader.Reading;
import confab.room.limits.Limit;
import confab.room.limits.Network;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/// A connection's place in its room: the session that it carries, a way in and a way out for
/// frames, and what becomes of the requests that are made there.
final class Place implements Attendee {
  private static final long PUBLISHER_REPORT_NANOS = 2_000_000_000L;

  private final EdgeContext context;
  private final Room room;
  private final Session session;
  private final Owner owner;
  private final Publisher publisher;
  private final Subscriber subscriber;
  private final MediaCounters media;

  // Changed by the thread that reads another token.
  private volatile Grant grant;
  private volatile boolean mayBeHeard;

  private volatile boolean spoke;

  // Owned by the thread that sweeps.
  private long publishedTold;

  /// The connection, which outlives its place only by moments.
  interface Owner {
    /// Frames and requests go by the place from here on.
    void placed(Place here);

    void send(byte[] message, boolean words);

    /// A resume token, if the participant needs another; empty otherwise.
    String freshToken(long now);

    InetAddress address();

    long heardAt();

    void fence(CloseReason reason);

    void letGo();
  }

  Place(EdgeContext context, Room room, Session session, Link link, Owner owner, Grant grant) {
    this.grant = grant;
    mayBeHeard = grant.allows(Right.AUDIO);
    this.context = context;
    this.room = room;
    this.session = session;
    this.owner = owner;
    publishedTold = context.now();
    Participant you = participant();
    media = context.media(link.transport());
    publisher =
        new Publisher(
            room.framePath(),
            you.number(),
            // All of one network are one party: it is what it costs to be somebody else.
            Network.host(owner.address()),
            context.limits().media(),
            media,
            publishedTold);
    publisher.setMuted(you.muted());
    publisher.setMaxBitrate(grant.maxBitrate(), publishedTold);
    subscriber = new Subscriber(you.number(), link);
    subscriber.setDeafened(you.deafened() || !grant.allows(Right.SUBSCRIBE));
  }

  Member member() {
    return session.member();
  }

  private Participant participant() {
    return member().participant();
  }

  // --- what the room calls ---

  /// By the thread that brings the connection's control messages.
  @Override
  public void welcome(List<Participant> everybody, boolean resumed, boolean whole) {
    owner.placed(this);
    send(
        new Event.Welcome(
            room.id(),
            room.shown(session),
            everybody,
            session.id().toString(),
            context.edge().name(),
            owner.freshToken(context.now()),
            resumed,
            whole,
            room.name().map(RoomName::text)));
  }

  @Override
  public Subscriber subscriber() {
    return subscriber;
  }

  @Override
  public void send(byte[] message, boolean words) {
    owner.send(message, words);
  }

  @Override
  public InetAddress address() {
    return owner.address();
  }

  @Override
  public boolean spoke() {
    return spoke;
  }

  @Override
  public long heardAt() {
    return owner.heardAt();
  }

  @Override
  public void fence(CloseReason reason) {
    owner.fence(reason);
  }

  @Override
  public void letGo() {
    owner.letGo();
  }

  // --- what the connection calls ---

  void publish(ByteBuffer bundle, long now) {
    if (!mayBeHeard) {
      media.dropped(DropReason.NOT_GRANTED, 1);
      return;
    }
    if (!spoke) {
      spoke = true;
    }
    publisher.publish(bundle, now);
  }

  void handle(Request.InRoom request, long now) {
    Right needed = request.needs();
    if (!grant.allows(needed)) {
      refuse("forbidden", "Your token does not grant you this: " + needed.label() + ".");
      return;
    }
    switch (request) {
      case Request.Rename(String name) -> rename(name, now);
      case Request.SetMuted(boolean muted) -> {
        publisher.setMuted(muted);
        update(who -> who.withMuted(muted));
      }
      case Request.SetDeafened(boolean deafened) -> {
        update(who -> who.withDeafened(deafened));
        settleHearing();
      }
      case Request.RaiseHand(boolean raised) -> raiseHand(raised);
      case Request.Say(String text, int id) -> say(text, id, now);
      case Request.React(Reaction reaction) ->
          say(new Event.Reacted(participant().number(), reaction), now);
      case Request.ReceiverReport(int received, int lost) -> report(received, lost, now);
      case Request.WhoAmI() -> send(new Event.You(room.shown(session), ""));
    }
  }

  /// What the participant may do has changed, and perhaps its name.
  void setGrant(Reading.Good shown) {
    Grant next = shown.grant();
    grant = next;
    mayBeHeard = next.allows(Right.AUDIO);
    settleHearing();
    publisher.setMaxBitrate(next.maxBitrate(), context.now());
    room.setGrant(session, shown, context.wallClock().millis());
    send(new Event.You(room.shown(session), owner.freshToken(context.now())));
  }

  /// By what the participant wishes and may; whichever of both changed last.
  private synchronized void settleHearing() {
    subscriber.setDeafened(participant().deafened() || !grant.allows(Right.SUBSCRIBE));
  }

  private void report(int received, int lost, long now) {
    if (!room.framePath().report(subscriber, received, lost, now)) {
      media.reportIgnored();
    }
  }

  // Whoever asks again keeps the place in the order of hands.
  private void raiseHand(boolean raised) {
    long at = raised ? context.wallClock().millis() : 0;
    update(who -> raised && who.handRaised() ? who : who.withHandRaisedAt(at));
  }

  private void say(String text, int id, long now) {
    ChatText.fault(text)
        .ifPresentOrElse(
            fault -> refuse("bad_text", fault), () -> say(said(new ChatText(text), id), now));
  }

  private void say(Event.Word word, long now) {
    long wait = room.say(session, word, now);
    if (wait > 0) {
      send(Event.Refused.tooMuch("Too much is written.", wait));
    }
  }

  // Whoever comes back hears the last lines again, and tells them by their ids.
  private Event.Said said(ChatText text, int id) {
    int known = id == 0 ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : id;
    return new Event.Said(participant().number(), text, known);
  }

  private void rename(String name, long now) {
    DisplayName.fault(name)
        .ifPresentOrElse(
            fault -> refuse("bad_name", fault), () -> rename(new DisplayName(name), now));
  }

  private void rename(DisplayName name, long now) {
    long wait = name.equals(participant().name()) ? 0 : session.takeRename(now);
    if (wait > 0) {
      context.limited().count(Limit.NAMES);
      send(Event.Refused.tooMuch("The name was changed too often.", wait));
    } else {
      update(who -> who.withName(name, context.wallClock().millis()));
    }
  }

  private void refuse(String error, String message) {
    send(new Event.Refused(error, message, 0));
  }

  /// A token that says so goes with a change: whoever comes back is as they left.
  private void update(UnaryOperator<Participant> change) {
    Participant before = participant();
    room.update(session, change);
    if (!participant().equals(before)) {
      send(new Event.You(room.shown(session), owner.freshToken(context.now())));
    }
  }

  void reportPublished(long now) {
    if (now - publishedTold < PUBLISHER_REPORT_NANOS) {
      return;
    }
    publishedTold = now;
    Arrivals count = publisher.arrivals();
    if (count.received() > 0) {
      int loss = room.framePath().listenersLoss(subscriber, now);
      send(new Event.PublisherReport(count.received(), count.lost(), loss, grant.maxBitrate()));
    }
  }

  private void send(Event event) {
    owner.send(event.toBytes(), false);
  }

  void exit(CloseReason reason) {
    room.exit(this, session, reason);
  }
}
