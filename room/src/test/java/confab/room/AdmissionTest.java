package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.Rate;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.address.Origins;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.Rooms.Creation;
import confab.room.limits.Limit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.7");

  private final TestClock now = new TestClock();
  private Rooms rooms = rooms(limits(100, 100, true));

  private static RoomLimits limits(int sessions, int participants, boolean createOnJoin) {
    return RoomLimits.defaults()
        .with(
            it -> {
              it.maxSessions = sessions;
              it.maxRooms = 5;
              it.maxParticipants = participants;
              it.createOnJoin = createOnJoin;
              it.connects = new Rate(1, 4);
              it.roomCreations = new Rate(0.1, 2);
              it.allowedOrigins = Origins.parse(List.of("https://friend.example"));
            });
  }

  private Rooms rooms(RoomLimits limits) {
    return new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), limits, now, now);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private static JoinRequest request(@Nullable String query, @Nullable String origin)
      throws Exception {
    return JoinRequest.of(query, HOST, "edge.example:4433", origin);
  }

  private Admission ask(String query) throws Exception {
    return rooms.preview(request(query, null));
  }

  @Test
  void aGoodRequestIsAdmitted() throws Exception {
    assertThat(ask("room=demo&user=alice&name=%D0%90+%3Cb%3E"))
        .isEqualTo(
            new Admitted(new RoomId("demo"), new UserId("alice"), new DisplayName("А <b>"), HOST));
    assertThat(ask("room=demo&user=alice"))
        .isEqualTo(
            new Admitted(new RoomId("demo"), new UserId("alice"), new DisplayName("alice"), HOST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null|bad_room",
        "''|bad_room",
        "room=Demo&user=a|bad_room",
        "room=%zz&user=a|bad_room",
        "room=a%2Fb&user=a|bad_room",
        "user=a|bad_room",
        "room=demo|bad_user",
        "room=demo&user=a%20b|bad_user",
        "room=demo&user=a&name=|bad_name",
        "room=demo&user=a&name=%00|bad_name",
        "room=demo&user=a&name=%E2%80%8B|bad_name",
        "&&==&=room|bad_room"
      })
  void aBadRequestIsRefusedWith400(@Nullable String query, String error) throws Exception {
    assertThat(rooms.preview(request(query, null)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.error()).isEqualTo(error);
              assertThat(refused.message()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "https://edge.example, true",
    "https://EDGE.example:8443, true",
    "https://friend.example, true",
    "http://friend.example, false",
    "https://evil.example, false",
    "https://edge.example.evil.example, false",
    "null, false",
    "not a uri, false",
    "http://localhost:8080, false"
  })
  void onlyPagesOfThisHostAndOfTheListMayJoin(String origin, boolean admitted) throws Exception {
    Admission answer = rooms.preview(request("room=demo&user=alice", origin));
    assertThat(answer instanceof Admitted).isEqualTo(admitted);
    if (answer instanceof Refused refused) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.error()).isEqualTo("origin_forbidden");
    }
  }

  @Test
  void theNamesOfThisMachineAreOneHost() throws Exception {
    var request =
        JoinRequest.of(
            "room=demo&user=a",
            InetAddress.getLoopbackAddress(),
            "127.0.0.1:4433",
            "http://localhost:8080");
    assertThat(rooms.preview(request)).isInstanceOf(Admitted.class);
  }

  @Test
  void connectsAreLimitedPerAddressAndAskingDoesNotCount() throws Exception {
    assertThat(rooms.create(InetAddress.getByName("192.0.2.1"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);
    var request = request("room=demo&user=alice", null);
    for (int i = 0; i < 20; i++) {
      assertThat(rooms.preview(request)).isInstanceOf(Admitted.class);
    }
    int admitted = 0;
    while (rooms.admit(request) instanceof Admitted) {
      Guest.join(rooms, "demo", "a");
      admitted++;
    }
    assertThat(admitted).isEqualTo(4);
    assertThat(rooms.preview(request))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(429);
              assertThat(refused.error()).isEqualTo("rate_limited");
              assertThat(refused.retryAfter())
                  .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            });
    now.advance(Duration.ofSeconds(1));
    assertThat(rooms.admit(request)).isInstanceOf(Admitted.class);
  }

  @Test
  void roomCreationsAreLimitedPerAddressByApiAndByJoiningAlike() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.7");
    assertThat(rooms.create(address, Optional.empty())).isInstanceOf(Creation.Created.class);
    assertThat(rooms.admit(request("room=new-one&user=a", null))).isInstanceOf(Admitted.class);
    assertThat(rooms.create(address, Optional.empty()))
        .isInstanceOfSatisfying(
            Creation.NotCreated.class,
            not -> assertThat(not.why().error()).isEqualTo("rate_limited"));
    assertThat(rooms.admit(request("room=another&user=a", null)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("rate_limited"));
    assertThat(rooms.create(InetAddress.getByName("192.0.2.8"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);
  }

  @Test
  void aHostWithAWholeIpv6NetworkIsOneAddress() throws Exception {
    assertThat(rooms.create(InetAddress.getByName("2001:db8::1"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);
    assertThat(rooms.create(InetAddress.getByName("2001:db8::2"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);
    assertThat(rooms.create(InetAddress.getByName("2001:db8::3"), Optional.empty()))
        .isInstanceOf(Creation.NotCreated.class);
    assertThat(rooms.create(InetAddress.getByName("2001:db8:0:1::1"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);
  }

  @Test
  void aFullEdgeAndAFullRoomSaySo() throws Exception {
    rooms.close();
    rooms = rooms(limits(2, 1, true));
    Guest.join(rooms, "demo", "a");
    assertRefused(ask("room=demo&user=b"), 503, "room_full");
    Guest.join(rooms, "other", "a");
    assertRefused(ask("room=third&user=b"), 503, "edge_full");
  }

  @Test
  void whoNeverEntersKeepsNobodyOut() throws Exception {
    rooms.close();
    rooms = rooms(limits(3, 100, true));
    Guest here = Guest.join(rooms, "demo", "a");
    Guest first = Guest.connect(rooms, "demo", "b");
    Guest second = Guest.connect(rooms, "demo", "c");

    assertThat(ask("room=demo&user=d")).isInstanceOf(Admitted.class);
    Guest last = Guest.join(rooms, "demo", "d");
    assertThat(first.link().closed).isEqualTo(CloseReason.IDLE_TIMEOUT);
    assertThat(second.link().closed).isNull();
    assertThat(rooms.limited().limited(Limit.NOT_ENTERED)).isOne();

    second.enter(new Request.Enter());
    assertThat(second.welcome().participants()).hasSize(3);
    assertRefused(ask("room=demo&user=e"), 503, "edge_full");
    assertThat(here.link().closed).isNull();
    assertThat(last.link().closed).isNull();
  }

  @Test
  void anAddressHasItsShareOfTheSessionsAndGetsItBack() throws Exception {
    rooms.close();
    rooms = rooms(limits(100, 100, true).with(it -> it.sessionsPerAddress = 3));
    List<Guest> here = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      here.add(Guest.joinFrom(HOST, rooms, "demo", "user" + i));
    }
    assertRefused(ask("room=demo&user=another"), 503, "address_full");
    assertRefused(rooms.admit(request("room=demo&user=another", null)), 503, "address_full");
    assertThat(rooms.limited().limited(Limit.SESSIONS)).isOne();
    var elsewhere =
        JoinRequest.of("room=demo&user=a", InetAddress.ofLiteral("192.0.2.8"), "", null);
    assertThat(rooms.admit(elsewhere)).isInstanceOf(Admitted.class);

    // Whoever is here may come back by another connection, and nobody can do so for ever.
    assertThat(rooms.admit(request("room=demo&user=user1", null))).isInstanceOf(Admitted.class);
    here.add(here.get(1).resumeFrom(HOST, rooms, 2));
    assertThat(here.getLast().welcome().resumed()).isTrue();
    assertRefused(ask("room=demo&user=user1"), 503, "address_full");

    here.get(1).connection().close(CloseReason.SUPERSEDED);
    here.get(0).connection().close(CloseReason.LEFT);
    here.get(0).connection().close(CloseReason.LEFT);
    assertThat(ask("room=demo&user=another")).isInstanceOf(Admitted.class);
    Guest.connect(rooms, "demo", "another", HOST);
    assertRefused(ask("room=demo&user=more"), 503, "address_full");
  }

  @Test
  void whoIsAdmittedAndNeverConnectsTakesNoPlace() throws Exception {
    rooms.close();
    rooms = rooms(limits(100, 100, true).with(it -> it.sessionsPerAddress = 1));
    for (int i = 0; i < 4; i++) {
      assertThat(rooms.admit(request("room=demo&user=a", null))).isInstanceOf(Admitted.class);
      now.advance(Duration.ofSeconds(20));
    }
  }

  @Test
  void anAddressMakesFewRoomsThatStayEmpty() throws Exception {
    rooms.close();
    rooms =
        rooms(
            limits(100, 100, true)
                .with(
                    it -> {
                      it.maxRooms = 100;
                      it.emptyRoomsPerAddress = 3;
                      it.roomCreations = new Rate(1, 100);
                    }));
    List<RoomId> made = new ArrayList<>();
    while (rooms.create(HOST, Optional.empty()) instanceof Creation.Created created) {
      made.add(created.room());
    }
    assertThat(made).hasSize(3);
    assertThat(rooms.create(HOST, Optional.empty()))
        .isInstanceOfSatisfying(
            Creation.NotCreated.class,
            not -> {
              assertThat(not.why().error()).isEqualTo("address_full");
              assertThat(not.why().retryAfter()).isPositive();
            });
    assertRefused(ask("room=another&user=a"), 503, "address_full");
    assertThat(rooms.create(InetAddress.ofLiteral("192.0.2.8"), Optional.empty()))
        .isInstanceOf(Creation.Created.class);

    // One that somebody is in is not empty.
    Guest guest = Guest.join(rooms, made.getFirst().value(), "guest");
    assertThat(rooms.create(HOST, Optional.empty())).isInstanceOf(Creation.Created.class);
    assertThat(rooms.create(HOST, Optional.empty())).isInstanceOf(Creation.NotCreated.class);
    guest.connection().close(CloseReason.LEFT);
    rooms.beat();
    // It is empty again, and all of them are forgotten in their time.
    now.advance(Duration.ofMinutes(4));
    rooms.sweep();
    assertThat(rooms.participants(made.getFirst())).hasValue(0);
    now.advance(Duration.ofMinutes(6));
    rooms.sweep();
    assertThat(rooms.roomCount()).isZero();
    assertThat(ask("room=another&user=a")).isInstanceOf(Admitted.class);
  }

  @Test
  void anEdgeThatIsLateAllTheTimeTakesNoMoreButThoseWhoAreHere() throws Exception {
    Guest.joinFrom(HOST, rooms, "demo", "here");
    for (int i = 0; i < 3; i++) {
      assertThat(ask("room=demo&user=a")).isInstanceOf(Admitted.class);
      now.advance(Duration.ofSeconds(2));
      rooms.feelPressure();
    }
    assertRefused(ask("room=demo&user=a"), 503, "edge_busy");
    assertRefused(rooms.admit(request("room=demo&user=a", null)), 503, "edge_busy");
    assertThat(rooms.limited().limited(Limit.PRESSURE)).isOne();
    assertThat(rooms.admit(request("room=demo&user=here", null))).isInstanceOf(Admitted.class);
    now.advance(Duration.ofMillis(260));
    rooms.feelPressure();
    assertThat(ask("room=demo&user=a")).isInstanceOf(Admitted.class);
  }

  @Test
  void anEdgeMayWantRoomsToBeMadeFirst() throws Exception {
    rooms.close();
    rooms = rooms(limits(10, 10, false));
    assertRefused(ask("room=demo&user=a"), 404, "room_not_found");
    Creation.Created created =
        (Creation.Created) rooms.create(InetAddress.getLoopbackAddress(), Optional.empty());
    assertThat(ask("room=" + created.room() + "&user=a")).isInstanceOf(Admitted.class);
  }

  @Test
  void aClosingEdgeAdmitsNobody() throws Exception {
    rooms.close();
    assertRefused(ask("room=demo&user=a"), 503, "draining");
  }

  @Test
  void randomQueriesNeverThrow() throws Exception {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      var query = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        query.append("room=&user%2F+\u0000ab1".charAt(random.nextInt(18)));
      }
      assertThat(ask(query.toString())).isNotNull();
    }
    assertThat(ask("room=demo&user=" + "a".repeat(100_000))).isInstanceOf(Refused.class);
  }

  private static void assertRefused(Admission admission, int status, String error) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.error()).isEqualTo(error);
            });
  }
}
