package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.protocol.grants.Attributes;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.ControlStream;
import confab.protocol.webtransport.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests, events, and how they and capsules stand on streams.
class ControlTest {
  private static final Participant ALICE =
      new Participant(
          -2,
          new UserId("alice"),
          new DisplayName("Алиса <b>"),
          true,
          false,
          1_700_000_000_000L,
          true,
          1_600_000_000_000L,
          true,
          true,
          Attributes.of(Map.of("role", "Moderatorin", "team", "7")),
          true,
          true,
          true);

  static List<Request> requests() {
    return List.of(
        new Request.Ping(-1),
        new Request.Rename("a name"),
        new Request.SetMuted(true),
        new Request.SetMuted(false),
        new Request.SetDeafened(true),
        new Request.RaiseHand(true),
        new Request.Say("hello"),
        new Request.Say("of an older version", 0),
        new Request.Say("hello", -1),
        new Request.React(Reaction.THUMBS_UP),
        new Request.WhoAmI(),
        new Request.Leave(),
        new Request.Enter(),
        new Request.Enter("token", 7),
        new Request.ReceiverReport(0, 0),
        new Request.ReceiverReport(1_000_000, 1_000_000));
  }

  static List<Event> events() {
    return List.of(
        new Event.Welcome(
            new RoomId("demo"),
            ALICE,
            List.of(ALICE),
            "session",
            "edge",
            "token",
            true,
            false,
            Optional.empty()),
        new Event.Welcome(
            new RoomId("demo"),
            ALICE,
            List.of(),
            "session",
            "edge",
            "",
            false,
            true,
            Optional.of(new DisplayName("Standup"))),
        new Event.Joined(ALICE, true),
        new Event.Left(-2, CloseReason.IDLE_TIMEOUT),
        new Event.Updated(ALICE.withMuted(false).withName(new DisplayName("B"), 0)),
        new Event.Pong(7, "token"),
        new Event.Said(-2, new ChatText("two\nlines"), -1),
        new Event.Said(3, new ChatText("of an older version"), 0),
        new Event.Reacted(3, Reaction.PARTY),
        new Event.PublisherReport(90, 10, 1000, OptionalInt.empty()),
        new Event.PublisherReport(90, 10, 1000, OptionalInt.of(24_000)),
        new Event.RoomChanged(new DisplayName("Standup")),
        new Event.Move(),
        new Event.Reach(true),
        new Event.Speakers(List.of()),
        new Event.Speakers(List.of(-2, 7, 1)),
        new Event.You(ALICE.withDeafened(true), "token"),
        new Event.Refused("rate_limited", "Too many requests.", 250));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestsAreReadAsWritten(Request request) {
    assertThat(Request.parse(request.toBytes())).isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventsAreReadAsWritten(Event event) {
    assertThat(Event.parse(event.toBytes())).containsExactly(event);
  }

  @Test
  void severalEventsGoInOneMessage() {
    assertThat(Event.parse(Event.batch(events().stream().map(Event::toBytes).toList())))
        .isEqualTo(events());
  }

  @Test
  void aBatchInABatchIsMalformed() {
    var wire = confab.protocol.wire.Event.newBuilder();
    wire.getBatchBuilder().addEventsBuilder().getBatchBuilder().addEventsBuilder().getMoveBuilder();
    assertThat(Event.parse(wire.build().toByteArray())).containsExactly(new Event.Malformed());
  }

  @Test
  void anUnknownKindIsSkipped() {
    byte[] fieldNumber99 = {(byte) 0x9a, 6, 2, 8, 1};
    assertThat(Request.parse(fieldNumber99)).isEqualTo(new Request.Unknown());
    assertThat(Event.parse(fieldNumber99)).containsExactly(new Event.Unknown());
    assertThat(Request.parse(new byte[0])).isEqualTo(new Request.Unknown());
  }

  @Test
  void anEntryBeforeTheFirstIsMalformed() {
    var wire = confab.protocol.wire.Request.newBuilder();
    wire.getEnterBuilder().setAttempt(0);
    assertThat(Request.parse(wire.build().toByteArray())).isEqualTo(new Request.Malformed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void aReportOfMoreFramesThanThereCanBeIsMalformed(int count) {
    var received = confab.protocol.wire.Request.newBuilder();
    received.getReceiverReportBuilder().setReceived(count);
    var lost = confab.protocol.wire.Request.newBuilder();
    lost.getReceiverReportBuilder().setLost(count);
    assertThat(Request.parse(received.build().toByteArray())).isEqualTo(new Request.Malformed());
    assertThat(Request.parse(lost.build().toByteArray())).isEqualTo(new Request.Malformed());
  }

  /// Browsers write these bytes too, and read them.
  @Test
  void reportsAndSpeakersStandOnTheWireAsWritten() {
    assertThat(new Request.ReceiverReport(50, 3).toBytes())
        .isEqualTo(bytes(0x42, 4, 0x08, 50, 0x10, 3));
    assertThat(new Event.Speakers(List.of(-2, 7)).toBytes())
        .isEqualTo(bytes(0x52, 8, 0x0a, 6, 0xfe, 0xff, 0xff, 0xff, 0x0f, 7));
    assertThat(Event.batch(List.of(new Event.Move().toBytes(), new Event.Reach(true).toBytes())))
        .isEqualTo(bytes(0x5a, 10, 0x0a, 2, 0x42, 0, 0x0a, 4, 0x4a, 2, 0x08, 1));
  }

  @Test
  void anOversizedRequestIsMalformed() {
    byte[] huge = new Request.Rename("x".repeat(Request.MAX_BYTES)).toBytes();
    assertThat(Request.parse(huge)).isEqualTo(new Request.Malformed());
  }

  @Test
  void anEventWithImpossibleContentIsMalformed() {
    var wire = confab.protocol.wire.Event.newBuilder();
    wire.getJoinedBuilder().getParticipantBuilder().setUser("not a user id").setName("x");
    assertThat(Event.parse(wire.build().toByteArray())).containsExactly(new Event.Malformed());
  }

  @Test
  void aSpeakerNumberedZeroIsMalformed() {
    var wire = confab.protocol.wire.Event.newBuilder();
    wire.getSpeakersBuilder().addNumbers(7).addNumbers(0);
    assertThat(Event.parse(wire.build().toByteArray())).containsExactly(new Event.Malformed());
  }

  @Test
  void truncatedAndRandomBytesNeverThrow() {
    var random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes;
      if (random.nextBoolean()) {
        bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
      } else {
        byte[] whole = events().get(random.nextInt(events().size())).toBytes();
        bytes = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      }
      assertThat(Request.parse(bytes)).isNotNull();
      assertThat(Event.parse(bytes)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 300, 4096})
  void controlMessagesStandBehindTheirLength(int length) throws IOException {
    byte[] message = new byte[length];
    var out = new ByteArrayOutputStream();
    out.writeBytes(ControlStream.frame(message));
    out.writeBytes(ControlStream.frame(new byte[] {5}));
    var in = new ByteArrayInputStream(out.toByteArray());

    assertThat(ControlStream.read(in, Request.MAX_BYTES)).hasSize(length);
    assertThat(ControlStream.read(in, Request.MAX_BYTES)).containsExactly(5);
    assertThat(ControlStream.read(in, Request.MAX_BYTES)).isNull();
  }

  @Test
  void aControlStreamThatEndsEarlyOrClaimsTooMuchIsRefused() {
    assertThatThrownBy(() -> read(2, 1)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read(0x81)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read(0x81, 0x20)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> read(0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
        .isInstanceOf(ProtocolException.class);
  }

  private static void read(int... bytes) throws IOException {
    ControlStream.read(new ByteArrayInputStream(bytes(bytes)), 4096);
  }

  @Test
  void aCloseCapsuleIsReadAsWrittenAndOthersAreSkippable() throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes(bytes(0x1f, 2, 9, 9));
    out.writeBytes(Capsule.close(CloseReason.KICKED));
    var in = new ByteArrayInputStream(out.toByteArray());

    assertThat(Capsule.read(in)).isEqualTo(new Capsule.Unknown(0x1f));
    assertThat(Capsule.read(in)).isEqualTo(new Capsule.CloseSession(6, "kicked"));
    assertThat(Capsule.read(in)).isNull();
  }

  @Test
  void aHostileCapsuleEndsInAnIoExceptionAtWorst() {
    var random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      var in = new ByteArrayInputStream(bytes);
      try {
        while (Capsule.read(in) != null) {
          assertThat(in.available()).isLessThan(bytes.length);
        }
      } catch (IOException e) {
        assertThat(e).isInstanceOfAny(EOFException.class, ProtocolException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 63, 64, 16383, 16384, 0x2843, (1 << 30) - 1, 1 << 30, 1L << 61})
  void varintsAreReadAsWritten(long value) throws IOException {
    byte[] bytes = Varint.toBytes(value);
    assertThat(Varint.read(new ByteArrayInputStream(bytes))).isEqualTo(value);
    assertThat(Varint.get(bytes, 0)).isEqualTo(value);
    assertThat(Varint.encodedLength(bytes[0])).isEqualTo(bytes.length);
  }

  /// The examples of RFC 9000 §A.1.
  @Test
  void varintsAreThoseOfTheRfc() {
    assertThat(Varint.get(bytes(0xc2, 0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c), 0))
        .isEqualTo(151_288_809_941_952_652L);
    assertThat(Varint.get(bytes(0x9d, 0x7f, 0x3e, 0x7d), 0)).isEqualTo(494_878_333);
    assertThat(Varint.get(bytes(0x7b, 0xbd), 0)).isEqualTo(15_293);
    assertThat(Varint.get(bytes(0x25), 0)).isEqualTo(37);
    assertThat(Varint.get(bytes(0x40), 0)).isEqualTo(Varint.TRUNCATED);
    assertThat(Varint.get(bytes(), 0)).isEqualTo(Varint.TRUNCATED);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
