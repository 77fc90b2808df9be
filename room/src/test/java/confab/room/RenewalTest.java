package confab.room;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.protocol.revocations.Revocation;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.grants.Access;
import confab.room.grants.Revocations;
import confab.room.grants.TokenReader;
import confab.room.grants.TokenReader.Reading;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was granted changes, ends or is taken back while people are in the room. A token here is
/// the name of its id, and `bad` is none.
class RenewalTest {
  private static final RoomId ROOM = new RoomId("demo");
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.7");
  private static final Set<Right> ALL = Grant.OPEN.rights();
  private static final Set<Right> NO_AUDIO =
      EnumSet.complementOf(EnumSet.of(Right.AUDIO, Right.HOST, Right.HIDDEN, Right.ADMIN));

  private final TestClock now = new TestClock();
  private final Revocations revocations = new Revocations(now);
  private final Rooms rooms =
      rooms(new Access((_, _, token) -> read(token), revocations, Runnable::run));

  private Rooms rooms(Access access) {
    return new Rooms(
        EdgeIdentity.named("edge", List.of("a secret of all edges")),
        LocalBus.alone(),
        RoomLimits.defaults().with(it -> it.ticketsOnly = true),
        access,
        now,
        now);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private Reading read(String token) {
    return switch (token) {
      case "bad" -> new Reading.Bad("The token has expired.");
      case "listen" ->
          new Reading.Good(
              grant(NO_AUDIO, token).withAttributes(Attributes.of(Map.of("token", token))),
              Optional.empty());
      case "named" ->
          new Reading.Good(
              grant(EnumSet.of(Right.JOIN, Right.CHAT), token).withVerified(),
              Optional.of(new DisplayName("Bob Builder")));
      case "hide" ->
          new Reading.Good(grant(EnumSet.of(Right.JOIN, Right.HIDDEN), token), Optional.empty());
      case "single" -> new Reading.Good(grant(ALL, token).withSessions(1), Optional.empty());
      default -> new Reading.Good(grant(ALL, token), Optional.empty());
    };
  }

  private Grant grant(Set<Right> rights, String token) {
    return new Grant(rights, now.instant().plusSeconds(60), token, now.instant());
  }

  private String ticket(String user, String token) {
    return rooms.ticket(
        ROOM, new UserId(user), Optional.empty(), grant(ALL, token), Optional.empty());
  }

  private Admission ask(String user, String ticket) {
    return rooms.admit(
        JoinRequest.of("room=demo&user=%s&ticket=%s".formatted(user, ticket), HOST, "", null));
  }

  private Guest connect(String user, String ticket) {
    var link = new RecordingLink();
    return new Guest(rooms.connect((Admitted) ask(user, ticket), link), link);
  }

  private Guest join(String user, String token) {
    return connect(user, ticket(user, token)).enter(new Request.Enter());
  }

  /// Goes on as pages do, which are heard all the while.
  private void pass(Duration time, Guest... guests) {
    for (long left = time.toSeconds(); left > 0; left--) {
      now.advance(Duration.ofSeconds(1));
      for (Guest guest : guests) {
        guest.request(new Request.Ping(left));
      }
      rooms.sweep();
    }
  }

  @Test
  void aGrantThatEndsIsToldOnceAndHalfAMinuteBefore() {
    Guest ann = join("ann", "first");
    pass(Duration.ofSeconds(29), ann);
    assertThat(ann.link().eventsOf(Event.GrantEnds.class)).isEmpty();
    pass(Duration.ofSeconds(30), ann);
    assertThat(ann.link().eventsOf(Event.GrantEnds.class))
        .containsExactly(new Event.GrantEnds(30_000));
    assertThat(ann.link().closed).isNull();
    pass(Duration.ofSeconds(1), ann);
    assertThat(ann.link().closed).isEqualTo(CloseReason.EXPIRED);
  }

  @Test
  void whoShowsATokenThatNamesThemIsCalledSo() {
    Guest bob = join("bob", "first");
    bob.request(new Request.Rename("The Boss"));
    bob.request(new Request.Renew("named"));
    Participant you = bob.link().eventsOf(Event.You.class).getLast().participant();
    assertThat(you.name()).isEqualTo(new DisplayName("Bob Builder"));
    assertThat(you.verified()).isTrue();
    assertThat(you.named()).isTrue();
  }

  @Test
  void anotherTokenReplacesWhatIsGranted() {
    Guest ann = join("ann", "first");
    Guest bob = join("bob", "other");
    pass(Duration.ofSeconds(40), ann, bob);
    ann.request(new Request.Renew("second"));
    pass(Duration.ofSeconds(25), ann, bob);
    assertThat(bob.link().closed).isEqualTo(CloseReason.EXPIRED);
    assertThat(ann.link().closed).isNull();
    // The token for another connection goes by the new one, too.
    Guest again = connect("ann", ticket("ann", "x")).enter(new Request.Enter(ann.token(), 2));
    assertThat(again.welcome().resumed()).isTrue();
    pass(Duration.ofSeconds(35), again);
    assertThat(again.link().closed).isEqualTo(CloseReason.EXPIRED);
  }

  @Test
  void aTokenThatGrantsLessCountsAtOnce() {
    Guest ann = join("ann", "first");
    Guest bob = join("bob", "other");
    ann.request(new Request.Renew("listen"));
    assertThat(bob.link().eventsOf(Event.Updated.class))
        .extracting(updated -> updated.participant().listener())
        .containsExactly(true);
    assertThat(ann.link().eventsOf(Event.You.class))
        .extracting(you -> you.participant().listener())
        .contains(true);
    ann.speak(1);
    now.advance(Duration.ofMillis(100));
    rooms.flush();
    assertThat(bob.link().frames).isEmpty();

    ann.request(new Request.Renew("all"));
    ann.speak(2);
    now.advance(Duration.ofMillis(100));
    rooms.flush();
    assertThat(bob.link().frames).hasSize(1);
  }

  @Test
  void aTokenShownWhereNobodyNeedsOneCounts() {
    var access = new Access((_, _, token) -> read(token), revocations, Runnable::run);
    var identity = EdgeIdentity.named("edge", List.of("a secret"));
    var limits = RoomLimits.defaults();
    try (Rooms open = new Rooms(identity, LocalBus.alone(), limits, access, now, now)) {
      Guest ann = Guest.join(open, "demo", "ann");
      ann.request(new Request.Renew("listen"));
      assertThat(ann.participant().listener()).isTrue();
      assertThat(ann.participant().attributes().values()).containsEntry("token", "listen");
      Guest again = ann.resume(open, 2);
      assertThat(again.welcome().resumed()).isTrue();
      assertThat(again.participant().listener()).isTrue();
      now.advance(Duration.ofSeconds(60));
      again.request(new Request.Ping(1));
      open.sweep();
      assertThat(again.link().closed).isEqualTo(CloseReason.EXPIRED);
    }
  }

  @Test
  void aTokenMayHideItsBearerAndShowItAgain() {
    Guest ann = join("ann", "first");
    Guest bob = join("bob", "other");
    ann.request(new Request.Renew("hide"));
    assertThat(bob.link().events).endsWith(new Event.Left(ann.number(), CloseReason.LEFT));
    assertThat(ann.participant().hidden()).isTrue();
    assertThat(rooms.participants(ROOM)).hasValue(1);
    ann.request(new Request.Renew("all"));
    assertThat(bob.link().eventsOf(Event.Joined.class))
        .extracting(joined -> joined.participant().user().value())
        .containsExactly("ann");
    assertThat(rooms.participants(ROOM)).hasValue(2);
  }

  @Test
  void aTokenForFewerSessionsEndsTheLaterOnes() {
    Guest first = join("ann", "first");
    now.advance(Duration.ofMillis(1));
    Guest second = join("ann", "first");
    first.request(new Request.Renew("single"));
    assertThat(first.link().closed).isNull();
    assertThat(second.link().closed).isNull();
    second.request(new Request.Renew("single"));
    assertThat(first.link().closed).isNull();
    assertThat(second.link().closed).isEqualTo(CloseReason.TOO_MANY_SESSIONS);
    assertThat(first.link().events)
        .endsWith(new Event.Left(second.number(), CloseReason.TOO_MANY_SESSIONS));
  }

  @Test
  void aTokenThatIsNotGoodChangesNothing() {
    Guest ann = join("ann", "first");
    ann.request(new Request.Renew("bad"));
    assertThat(ann.link().eventsOf(Event.Refused.class))
        .containsExactly(new Event.Refused("unauthorized", "The token has expired.", 0));
    ann.request(new Request.Say("still here"));
    assertThat(ann.link().eventsOf(Event.Said.class)).hasSize(1);
  }

  /// Keys may have to be fetched first.
  @Test
  void whileATokenIsReadNobodyWaits() {
    var fetched = new CountDownLatch(1);
    TokenReader slow =
        (_, _, token) -> {
          await().until(() -> fetched.getCount() == 0);
          return read(token);
        };
    try (Rooms slowly = rooms(new Access(slow, revocations))) {
      var link = new RecordingLink();
      var guest =
          new Guest(slowly.connect((Admitted) ask("ann", ticket("ann", "first")), link), link);
      guest.enter(new Request.Enter());
      guest.request(new Request.Renew("listen"));
      guest.request(new Request.Renew("all"));
      guest.request(new Request.Ping(7));
      assertThat(link.eventsOf(Event.Pong.class)).hasSize(1);
      assertThat(link.eventsOf(Event.Refused.class))
          .extracting(Event.Refused::error)
          .containsExactly("rate_limited");
      fetched.countDown();
      await()
          .until(
              () ->
                  link.eventsOf(Event.You.class).stream()
                      .anyMatch(you -> you.participant().listener()));
    }
  }

  @Test
  void nobodyRenewsBeforeTheyEnter() {
    Guest ann = connect("ann", ticket("ann", "first"));
    ann.request(new Request.Renew("second"));
    assertThat(ann.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void aTokenThatIsTakenBackEndsItsSessionsAndLetsNobodyBackIn() {
    Guest ann = join("ann", "first");
    Guest bob = join("bob", "other");
    String unused = ticket("ann", "first");
    Instant until = now.instant().plusSeconds(1_000);
    revocations.add(new Revocation.OfToken("first", until));
    rooms.sweep();
    assertThat(ann.link().closed).isEqualTo(CloseReason.EXPIRED);
    assertThat(bob.link().closed).isNull();
    assertThat(bob.link().eventsOf(Event.Left.class))
        .extracting(Event.Left::reason)
        .containsExactly(CloseReason.EXPIRED);
    assertThat(ask("ann", unused))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.message()).isEqualTo("What the ticket grants was taken back."));
    // Neither does the way back, with the ticket of another token.
    Guest back = connect("ann", ticket("ann", "second"));
    back.enter(new Request.Enter(ann.token(), 2));
    assertThat(back.welcome().resumed()).isFalse();
    assertThat(rooms.resumptions(Resumption.REVOKED)).isOne();
  }

  @Test
  void whatAUserHasFromBeforeIsTakenBackAndWhatComesLaterIsGood() {
    Guest ann = join("ann", "first");
    Guest bob = join("bob", "other");
    now.advance(Duration.ofSeconds(1));
    Instant until = now.instant().plusSeconds(1_000);
    revocations.add(new Revocation.OfUser(new UserId("ann"), now.instant(), until));
    rooms.sweep();
    assertThat(ann.link().closed).isEqualTo(CloseReason.EXPIRED);
    assertThat(bob.link().closed).isNull();
    Guest again = join("ann", "later");
    rooms.sweep();
    assertThat(again.link().closed).isNull();
  }

  @Test
  void whatIsTakenBackIsKnownUntilNothingCouldBeGood() {
    Instant until = now.instant().plusSeconds(5);
    revocations.add(new Revocation.OfToken("first", until));
    revocations.add(new Revocation.OfToken("first", until.minusSeconds(1)));
    assertThat(revocations.count()).isOne();
    now.advance(Duration.ofSeconds(5));
    revocations.sweep();
    assertThat(revocations.count()).isZero();
    assertThat(revocations.digest()).isZero();
    assertThat(revocations.add(new Revocation.OfToken("first", until)))
        .isEqualTo(Revocations.Outcome.KNOWN);
  }

  @Test
  void whoeverHearsTheSameInAnyOrderKnowsTheSame() {
    var other = new Revocations(now);
    Instant until = now.instant().plusSeconds(5);
    var user = new UserId("ann");
    List<Revocation> all =
        List.of(
            new Revocation.OfToken("one", until),
            new Revocation.OfUser(user, now.instant(), until.plusSeconds(9)),
            new Revocation.OfUser(user, now.instant().plusSeconds(1), until),
            new Revocation.OfToken("two", until));
    all.forEach(revocations::add);
    all.reversed().forEach(other::add);
    assertThat(other.digest()).isEqualTo(revocations.digest()).isNotZero();
    assertThat(other.all()).containsExactlyInAnyOrderElementsOf(revocations.all().toList());
  }
}
