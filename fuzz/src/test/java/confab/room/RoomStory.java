package confab.room;

import confab.bus.Bus;
import confab.bus.LocalBus;
import confab.bus.Subject;
import confab.frames.Bundle;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.room.Admission.Admitted;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A room on two edges in which four people come, go, come back, speak and say whatever the input
/// says, while time passes. At its end everybody who is connected is answered, and both edges know
/// the same number of people.
public final class RoomStory {
  private static final RoomId ROOM = new RoomId("demo");
  private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
  private static final int PEOPLE = 4;
  private static final int MAX_STEPS = 200;

  private final ByteBuffer script;
  private final Clock clock = new Clock();
  private final LocalBus.Network network = new LocalBus.Network();
  private final List<Rooms> edges = List.of(edge("north"), edge("south"));
  private final @Nullable Person[] people = new @Nullable Person[PEOPLE];

  private RoomStory(byte[] script) {
    this.script = ByteBuffer.wrap(script);
  }

  /// @throws IllegalStateException when the room does not hold together
  public static void tell(byte[] script) {
    var story = new RoomStory(script);
    try {
      for (int step = 0; step < MAX_STEPS && story.script.hasRemaining(); step++) {
        story.step();
      }
      story.end();
    } finally {
      story.edges.forEach(Rooms::close);
    }
  }

  private Rooms edge(String name) {
    var identity = EdgeIdentity.named(name, List.of("a secret of sixteen"));
    return new Rooms(identity, network.connect(), RoomLimits.defaults(), clock, clock);
  }

  private static final class Clock implements LongSupplier, InstantSource {
    private long nanos = 1;

    @Override
    public long getAsLong() {
      return nanos;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanos);
    }
  }

  private static final class Person implements Link {
    private final List<Event> events = new ArrayList<>();
    private @Nullable Connection connection;
    private boolean closed;
    private String token = "";

    @Override
    public Transport transport() {
      return Transport.WEBTRANSPORT;
    }

    @Override
    public void sendMedia(Bundle bundle, long now) {
      if (Frame.parseBundle(bundle.bytes()).isEmpty()) {
        throw new IllegalStateException("an empty bundle");
      }
    }

    @Override
    public long framesDropped() {
      return 0;
    }

    @Override
    public boolean sendControl(byte[] message, boolean word) {
      for (Event event : Event.parse(message)) {
        events.add(event);
        token =
            switch (event) {
              case Event.Welcome welcome -> welcome.resume();
              case Event.Pong(long _, String fresh) when !fresh.isEmpty() -> fresh;
              case Event.You(Participant _, String fresh) when !fresh.isEmpty() -> fresh;
              case Event.Malformed() -> throw new IllegalStateException("a malformed event");
              default -> token;
            };
      }
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      closed = true;
    }
  }

  private int next() {
    return script.hasRemaining() ? script.get() & 0xff : 0;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Math.min(next(), script.remaining())];
    script.get(bytes);
    return bytes;
  }

  private void step() {
    int what = next();
    int who = next() % PEOPLE;
    Person person = people[who];
    switch (what % 9) {
      case 0 -> join(who, next(), new Request.Enter());
      case 1 -> control(person, bytes());
      case 2 -> control(person, request(next()).toBytes());
      case 3 -> bundle(person, bytes());
      case 4 -> bundle(person, frame(next(), next()));
      case 5 -> close(person, CloseReason.values()[next() % CloseReason.values().length]);
      case 6 -> {
        if (person != null) {
          join(who, next(), new Request.Enter(person.token, 1 + next()));
        }
      }
      case 7 -> pass(Duration.ofMillis(next() * 20L));
      default -> onTheBus(Bus.Channel.values()[who % Bus.Channel.values().length], bytes());
    }
  }

  private void join(int who, int edge, Request.Enter enter) {
    var person = new Person();
    var user = new UserId("user" + who);
    var admitted = new Admitted(ROOM, user, new DisplayName("User " + who), ADDRESS);
    person.connection = edges.get(edge % edges.size()).connect(admitted, person);
    people[who] = person;
    control(person, enter.toBytes());
  }

  private static Request request(int which) {
    return switch (which % 10) {
      case 0 -> new Request.Rename("Name " + which);
      case 1 -> new Request.SetMuted(which > 99);
      case 2 -> new Request.SetDeafened(which > 99);
      case 3 -> new Request.RaiseHand(which > 99);
      case 4 -> new Request.Say("text " + which, which);
      case 5 -> new Request.React(Reaction.values()[which % Reaction.values().length]);
      case 6 -> new Request.ReceiverReport(which, which / 2);
      case 7 -> new Request.Ping(which);
      case 8 -> new Request.WhoAmI();
      default -> new Request.Leave();
    };
  }

  private static byte[] frame(int sequence, int level) {
    return new Frame(false, level, 7, sequence, sequence * 960, new byte[40]).toBundle();
  }

  private static void control(@Nullable Person person, byte[] message) {
    if (person != null && person.connection != null) {
      person.connection.onControl(message);
    }
  }

  private static void bundle(@Nullable Person person, byte[] bundle) {
    if (person != null && person.connection != null) {
      person.connection.onBundle(ByteBuffer.wrap(bundle));
    }
  }

  private static void close(@Nullable Person person, CloseReason reason) {
    if (person != null && person.connection != null) {
      person.connection.close(reason);
    }
  }

  private void pass(Duration time) {
    clock.nanos += time.toNanos();
    for (Rooms edge : edges) {
      edge.flush();
      edge.beat();
      edge.sweep();
    }
  }

  private void onTheBus(Bus.Channel channel, byte[] message) {
    try (LocalBus stranger = network.connect()) {
      stranger.attach(Subject.room(ROOM), (each, received) -> {}).publish(channel, message);
    }
  }

  private void end() {
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMillis(250));
      for (Person person : people) {
        control(person, new Request.Ping(0).toBytes());
      }
    }
    for (Person person : people) {
      if (person != null && person.connection != null && !person.closed) {
        person.events.clear();
        control(person, new Request.WhoAmI().toBytes());
        if (!person.closed && person.events.isEmpty()) {
          throw new IllegalStateException("no answer to somebody who is connected");
        }
      }
    }
    OptionalInt north = edges.get(0).participants(ROOM);
    OptionalInt south = edges.get(1).participants(ROOM);
    if (north.orElse(0) > 0 && south.orElse(0) > 0 && !north.equals(south)) {
      throw new IllegalStateException(north + " here and " + south + " there");
    }
  }
}
