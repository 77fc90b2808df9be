package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What edges tell each other, and what they vouch for.
class EdgesTest {
  private static final Participant ALICE =
      new Participant(
          -2,
          new UserId("alice"),
          new DisplayName("Alice"),
          true,
          false,
          1_700_000_000_000L,
          false,
          1_600_000_000_000L,
          true,
          true,
          Attributes.of(Map.of("role", "Moderatorin", "team", "7")),
          true,
          true,
          true);
  private static final Participant BOB =
      new Participant(
          3,
          new UserId("bob"),
          new DisplayName("Bob"),
          false,
          true,
          0,
          true,
          0,
          false,
          false,
          Attributes.NONE,
          false,
          false,
          false);
  private static final RoomName ROOM_NAME =
      new RoomName(new DisplayName("Standup ☕"), Instant.ofEpochMilli(9));
  private static final RoomState STATE =
      listing(
          -1,
          7,
          List.of(
              new Member(new SessionId(1), 1, ALICE, 5), new Member(new SessionId(-5), 9, BOB, 0)),
          List.of(new Departure(new SessionId(4), 2, 77, CloseReason.KICKED, 500, 9)));
  private static final EdgeNotice NOTICE =
      new EdgeNotice(
          new EdgeRun(5),
          "edge-1",
          Optional.of(URI.create("https://edge1.example.org:4433/wt")),
          List.of(),
          Optional.empty(),
          10,
          2000,
          true,
          Optional.of(Instant.ofEpochMilli(1_700_000_000_000L)));

  private static final SecretKeySpec KEY = ResumeToken.key("a secret");
  private static final ResumeToken TOKEN =
      new ResumeToken(
          new RoomId("demo"),
          new Member(new SessionId(-1), 3, ALICE, 1_600_000_000_000L),
          new Grant(
              Set.of(Right.JOIN, Right.CHAT),
              Instant.ofEpochMilli(99),
              "id",
              Instant.ofEpochMilli(7),
              ALICE.attributes(),
              OptionalInt.of(64_000),
              OptionalInt.of(2),
              true),
          Instant.ofEpochMilli(12345));

  private static final Attributes LONG_ATTRIBUTES = Attributes.of(Map.of("a", "x".repeat(255)));
  private static final Grant LONG_GRANT =
      new Grant(
          Set.of(Right.values()),
          Instant.ofEpochMilli(Long.MAX_VALUE),
          "☃".repeat(128),
          Instant.ofEpochMilli(Long.MAX_VALUE),
          LONG_ATTRIBUTES,
          OptionalInt.of(Integer.MAX_VALUE),
          OptionalInt.of(Integer.MAX_VALUE),
          true);
  private static final Participant LONG =
      new Participant(-1, new UserId("u".repeat(64)), new DisplayName("\ud83d\ude00".repeat(64)), 1)
          .withGrant(LONG_GRANT);

  private static RoomState listing(
      long edge, long version, List<Member> members, List<Departure> departures) {
    var listing = new RoomState.Listing(members, departures, Optional.of(ROOM_NAME));
    return new RoomState(new EdgeRun(edge), version, true, Optional.of(listing));
  }

  @Test
  void statesAreReadAsWritten() {
    assertThat(RoomState.parse(STATE.toBytes())).hasValue(STATE);
    var digest = new RoomState(new EdgeRun(1), 2, false, Optional.empty());
    assertThat(RoomState.parse(digest.toBytes())).hasValue(digest);
    var empty = listing(1, 2, List.of(), List.of());
    assertThat(RoomState.parse(empty.toBytes())).hasValue(empty);
  }

  @Test
  void aStateThatNamesASessionOrANumberTwiceIsNone() {
    var sameSession =
        List.of(new Member(new SessionId(1), 1, ALICE, 0), new Member(new SessionId(1), 2, BOB, 0));
    var sameNumber =
        List.of(
            new Member(new SessionId(1), 1, ALICE, 0), new Member(new SessionId(2), 1, ALICE, 0));
    for (List<Member> members : List.of(sameSession, sameNumber)) {
      var state = listing(1, 1, members, List.of());
      assertThat(RoomState.parse(state.toBytes())).isEmpty();
    }
  }

  @Test
  void aStateWithImpossibleContentIsNone() {
    var wire = confab.protocol.wire.RoomState.newBuilder().setFull(true);
    var member = wire.addMembersBuilder().setSession(1).setAttempt(1);
    member.getParticipantBuilder().setNumber(1).setUser("no user").setName("x");
    assertThat(RoomState.parse(wire.build().toByteArray())).isEmpty();
    member.getParticipantBuilder().setUser("user").setNumber(0);
    assertThat(RoomState.parse(wire.build().toByteArray())).isEmpty();
    member.setAttempt(-1).getParticipantBuilder().setNumber(1);
    assertThat(RoomState.parse(wire.build().toByteArray())).isEmpty();
    member.setAttempt(1);
    assertThat(RoomState.parse(wire.build().toByteArray())).isPresent();
  }

  @Test
  void ofTwoNamesOfARoomTheOneOfTheLaterTokenCounts() {
    var later = new RoomName(new DisplayName("A"), ROOM_NAME.issued().plusMillis(1));
    assertThat(later.isLaterThan(ROOM_NAME)).isTrue();
    assertThat(ROOM_NAME.isLaterThan(later)).isFalse();
    var greater = new RoomName(new DisplayName("Talk"), ROOM_NAME.issued());
    assertThat(greater.isLaterThan(ROOM_NAME)).isTrue();
    assertThat(ROOM_NAME.isLaterThan(greater)).isFalse();
    assertThat(ROOM_NAME.isLaterThan(ROOM_NAME)).isFalse();
  }

  @Test
  void theLongestTokenCanBeShown() {
    var full =
        new ResumeToken(
            new RoomId("r".repeat(64)),
            new Member(new SessionId(-1), 1000, LONG, Long.MAX_VALUE),
            LONG_GRANT,
            Instant.ofEpochMilli(Long.MAX_VALUE));
    assertThat(ResumeToken.verify(full.sign(KEY), KEY)).hasValue(full);
  }

  @Test
  void noticesAreReadAsWritten() {
    assertThat(EdgeNotice.parse(NOTICE.toBytes())).hasValue(NOTICE);
    assertThat(NOTICE.load()).isEqualTo(0.005);
  }

  @Test
  void aNoticeWithImpossibleContentIsNone() {
    var wire =
        confab.protocol.wire.EdgeNotice.newBuilder().setName("edge").setMaxSessions(1).build();
    assertThat(EdgeNotice.parse(wire.toByteArray())).isPresent();
    for (var wrong :
        List.of(
            wire.toBuilder().setName("<b>"),
            wire.toBuilder().setMaxSessions(0),
            wire.toBuilder().setSessions(-1),
            wire.toBuilder().setWebtransportUrl("http://edge/wt"),
            wire.toBuilder().setWebtransportUrl("nonsense"),
            wire.toBuilder().setWebsocketUrl("https://edge/ws"),
            wire.toBuilder().addCertificateHashes(ByteString.copyFromUtf8("short")))) {
      assertThat(EdgeNotice.parse(wrong.build().toByteArray())).isEmpty();
    }
  }

  @Test
  void randomBytesNeverThrow() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      RoomState.parse(bytes);
      EdgeNotice.parse(bytes);
      ResumeToken.verify(Base64.getUrlEncoder().encodeToString(bytes), KEY);
    }
  }

  @Test
  void aTokenIsWorthSomethingToThoseWithItsKey() {
    String signed = TOKEN.sign(KEY);
    assertThat(ResumeToken.verify(signed, KEY)).hasValue(TOKEN);
    assertThat(ResumeToken.verify(signed, ResumeToken.key("another"))).isEmpty();
  }

  @Test
  void aTokenWithAnyBitChangedIsForged() {
    byte[] good = Base64.getUrlDecoder().decode(TOKEN.sign(KEY));
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] forged = Arrays.copyOf(good, good.length);
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThat(ResumeToken.verify(token, KEY)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not a token", "AAAA", "ä"})
  void whatIsNoTokenIsRefused(String token) {
    assertThat(ResumeToken.verify(token, KEY)).isEmpty();
  }
}
