package confab.participant;

import confab.participant.Session.Ending;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.address.EdgeAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A deployment for one participant, Zoë, without a network. The test stops edges, cuts links and
/// says what the edges say.
final class EdgesInMemory implements Deployment {
  static final Participant ZOE = new Participant(7, new UserId("zoe"), new DisplayName("Zoë"), 0);

  private final List<EdgeInMemory> edges = new CopyOnWriteArrayList<>();

  /// Who is in the room besides Zoë.
  final List<Participant> others = new CopyOnWriteArrayList<>();

  /// Every `Enter`, on whichever edge.
  final List<Request.Enter> enters = new CopyOnWriteArrayList<>();

  /// Every question to the API, by the session that asked.
  final List<String> askers = new CopyOnWriteArrayList<>();

  /// The API does not answer.
  volatile boolean mute;

  EdgesInMemory(String... names) {
    for (String name : names) {
      edges.add(new EdgeInMemory(name));
    }
  }

  EdgeInMemory edge(String name) {
    return edges.stream()
        .filter(each -> each.address.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public List<EdgeAddress> edges(String session) throws JoinException {
    askers.add(session);
    if (mute) {
      throw new JoinException(JoinException.UNREACHABLE, "no answer from the API");
    }
    return edges.stream().filter(each -> each.listed).map(each -> each.address).toList();
  }

  @Override
  public Link dial(EdgeAddress address, Link.Receiver receiver) throws JoinException {
    return edge(address.name()).dial(receiver);
  }

  final class EdgeInMemory {
    final EdgeAddress address;
    final List<Wire> wires = new CopyOnWriteArrayList<>();
    volatile boolean listed = true;
    volatile boolean refuses;
    volatile boolean welcomes = true;
    volatile boolean forgets;

    /// How those end who ask to enter, one after the other.
    final Queue<Ending> ends = new ArrayDeque<>();

    private boolean frozen; // guarded by this

    EdgeInMemory(String name) {
      address = new EdgeAddress(name, null, List.of(), null);
    }

    synchronized void freeze() {
      frozen = true;
    }

    synchronized void thaw() {
      frozen = false;
      notifyAll();
    }

    synchronized boolean isFrozen() {
      return frozen;
    }

    private Wire dial(Link.Receiver receiver) throws JoinException {
      if (refuses) {
        throw new JoinException(JoinException.UNREACHABLE, "cannot reach " + address.name());
      }
      awaitThaw();
      var wire = new Wire(this, receiver);
      wires.add(wire);
      return wire;
    }

    private synchronized void awaitThaw() throws JoinException {
      try {
        while (frozen) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw JoinException.unreachable(address.name(), e);
      }
    }

    Wire lastWire() {
      return wires.getLast();
    }
  }

  /// A link; what happens at one end happens at once at the other.
  final class Wire implements Link {
    final Link.Receiver receiver;
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final AtomicInteger unanswered = new AtomicInteger();
    volatile Optional<CloseReason> closed = Optional.empty();
    private final EdgeInMemory edge;

    Wire(EdgeInMemory edge, Link.Receiver receiver) {
      this.edge = edge;
      this.receiver = receiver;
    }

    void say(Event event) {
      receiver.onEvent(event.toBytes());
    }

    void end(CloseReason reason) {
      receiver.onEnd(new Ending(Optional.of(reason), reason.wireName()));
    }

    void cut() {
      receiver.onEnd(new Ending(Optional.empty(), "connection lost"));
    }

    @Override
    public Transport transport() {
      return Transport.WEBSOCKET;
    }

    @Override
    public boolean sendBundle(byte[] bundle) {
      if (!edge.isFrozen()) {
        frames.addAll(Frame.parseBundle(bundle));
      }
      return true;
    }

    @Override
    public void sendRequest(byte[] bytes) {
      if (edge.isFrozen()) {
        unanswered.incrementAndGet();
        return;
      }
      switch (Request.parse(bytes)) {
        case Request.Enter enter -> {
          enters.add(enter);
          if (!edge.ends.isEmpty()) {
            receiver.onEnd(edge.ends.remove());
          } else if (edge.welcomes) {
            say(welcome(enter));
          }
        }
        case Request.Ping(long time) -> say(new Event.Pong(time, ""));
        case Request.Leave() -> end(CloseReason.LEFT);
        case Request other -> requests.add(other);
      }
    }

    private Event.Welcome welcome(Request.Enter enter) {
      boolean resumed = !enter.resume().isEmpty() && !edge.forgets;
      int number = enter.resume().isEmpty() || resumed ? ZOE.number() : ZOE.number() + 1;
      Participant you = ZOE.withNumber(number);
      List<Participant> everybody = new ArrayList<>(others);
      everybody.add(you);
      return new Event.Welcome(
          new RoomId("demo"),
          you,
          everybody,
          "session",
          edge.address.name(),
          "token-" + enters.size(),
          resumed,
          true,
          Optional.empty());
    }

    @Override
    public void close(CloseReason reason) {
      closed = Optional.of(reason);
    }
  }
}
