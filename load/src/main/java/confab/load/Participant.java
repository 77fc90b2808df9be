package confab.load;

import confab.load.link.Events;
import confab.load.link.Link;
import confab.load.measure.SequenceTracker;
import confab.load.measure.SequenceTracker.Arrival;
import confab.participant.JoinException;
import confab.protocol.FrameHeader;
import confab.protocol.Query;
import confab.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One participant: comes, listens, speaks if it is a publisher, and leaves. Belongs to one event
/// loop.
final class Participant implements Link.Owner {
  /// As often as docs/PROTOCOL.md section 2.3 asks for.
  private static final int PING_MILLIS = 2_000;

  private enum State {
    AWAITED,
    PRESENT,
    GONE
  }

  private final Plan plan;
  private final Worker worker;
  private final TicketDesk desk;
  private final int room;
  private final int index;
  private final int edge;
  private final SequenceTracker heard;
  private State state = State.AWAITED;
  private boolean draining;
  private long dialled;
  private @Nullable Link link;
  private @Nullable Publisher publisher;
  private @Nullable ScheduledFuture<?> timer;

  /// @param desk of that edge
  /// @param index in its room; the first ones are the publishers
  /// @param edge which of the edges it goes to
  Participant(Plan plan, Worker worker, TicketDesk desk, int room, int index, int edge) {
    this.plan = plan;
    this.worker = worker;
    this.desk = desk;
    this.room = room;
    this.index = index;
    this.edge = edge;
    heard = new SequenceTracker(plan.publishers());
  }

  int room() {
    return room;
  }

  Worker worker() {
    return worker;
  }

  /// Dials, perhaps with a ticket, unless it has been told to leave before.
  void come() {
    if (state == State.GONE) {
      return;
    }
    dialled = worker.clock().now();
    timer =
        worker
            .loop()
            .schedule(() -> fail("no answer in time"), Link.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (plan.asking()) {
      desk.ask(room, index, worker.loop()).addListener(this::onTicket);
    } else {
      dial("");
    }
  }

  private void onTicket(Future<? super String> ticket) {
    if (state == State.GONE) {
      return;
    }
    if (ticket.isSuccess()) {
      dial((String) ticket.getNow());
    } else {
      turnAway((JoinException) ticket.cause());
    }
  }

  private void turnAway(JoinException why) {
    String line = Refusals.explain(why, desk.url());
    if (why.isRefusal()) {
      worker.attendance().refuse(line);
    } else {
      worker.attendance().fail(line);
    }
    stop();
  }

  private void dial(String ticket) {
    String name = plan.room(room).value();
    String user = plan.user(index);
    var query =
        ticket.isEmpty()
            ? Query.of("room", name, "user", user)
            : Query.of("room", name, "user", user, "ticket", ticket);
    link = worker.diallers().get(edge).dial(query, this);
  }

  @Override
  public void onOpen() {
    request(new Request.Enter());
  }

  private void request(Request request) {
    if (link != null) {
      link.request(request);
    }
  }

  @Override
  public void onEvent(int kind) {
    if (kind == Events.WELCOME && state == State.AWAITED) {
      enter();
    }
    draining |= kind == Events.MOVE;
  }

  private void enter() {
    state = State.PRESENT;
    long now = worker.clock().now();
    worker.tally().connected(now - dialled);
    worker.attendance().enter();
    stopTimer();
    timer =
        worker
            .loop()
            .scheduleAtFixedRate(
                () -> request(new Request.Ping(worker.clock().now())),
                PING_MILLIS,
                PING_MILLIS,
                TimeUnit.MILLISECONDS);
    if (index < plan.publishers() && link != null) {
      publisher = new Publisher(plan, room, index, link, worker);
      worker.pacer().add(publisher);
    }
  }

  @Override
  public void onBundle(ByteBuf bundle) {
    byte[] bytes = worker.scratch();
    int length = Math.min(bundle.readableBytes(), bytes.length);
    bundle.readBytes(bytes, 0, length);
    long now = worker.clock().now();
    boolean counts = false;
    for (int offset = 0; offset < length; ) {
      int frame = FrameHeader.frameLength(bytes, offset, length);
      if (frame < 0) {
        worker.tally().foreign++;
        break;
      }
      counts |= onFrame(bytes, offset, frame, now);
      offset += frame;
    }
    worker.tally().datagrams += counts ? 1 : 0;
  }

  /// Whether the frame is of the measured time.
  private boolean onFrame(byte[] bytes, int offset, int length, long now) {
    if (!isOurs(bytes, offset, length)) {
      worker.tally().foreign++;
      return false;
    }
    long time = Payload.time(bytes, offset);
    worker.tally().heard(now - time);
    if (!worker.window().contains(time)) {
      return false;
    }
    Arrival arrival =
        heard.hear(
            Payload.publisher(bytes, offset),
            FrameHeader.participant(bytes, offset),
            FrameHeader.sequence(bytes, offset));
    worker.tally().counted(arrival, now - time);
    return true;
  }

  /// Without publishers of its own, a process listens to those of another.
  private boolean isOurs(byte[] bytes, int offset, int length) {
    return Payload.isSigned(bytes, offset, length)
        && Payload.room(bytes, offset) == room
        && (plan.publishers() == 0 || Payload.load(bytes, offset) == plan.id());
  }

  @Override
  public void onRefused(int status) {
    if (state == State.AWAITED) {
      worker.attendance().refuse(Refusals.explain(status, where()));
    }
    stop();
  }

  @Override
  public void onEnd(String reason) {
    switch (state) {
      case AWAITED -> fail(reason);
      case PRESENT -> {
        worker.attendance().lose(draining ? Refusals.DRAINING : reason);
        stop();
      }
      case GONE -> {}
    }
  }

  private void fail(String why) {
    worker.attendance().fail("cannot reach " + where() + " (" + why + ")");
    leave();
  }

  private String where() {
    return worker.diallers().get(edge).where();
  }

  /// Says goodbye, if there is anybody to say it to.
  ///
  /// @return as of [Link#leave]
  @Nullable Future<?> leave() {
    Link leaving = state == State.GONE ? null : link;
    stop();
    return leaving == null ? null : leaving.leave();
  }

  private void stop() {
    state = State.GONE;
    stopTimer();
    if (publisher != null) {
      worker.pacer().remove(publisher);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  boolean isPresent() {
    return state == State.PRESENT;
  }

  /// Frames of the measured time that it has sent.
  long sentInWindow() {
    return publisher == null ? 0 : publisher.sentInWindow();
  }

  SequenceTracker heard() {
    return heard;
  }
}
