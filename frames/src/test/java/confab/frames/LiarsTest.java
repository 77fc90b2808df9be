package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is heard in a large room where some claim to speak, loudly and for ever. All that the edge
/// can see of it is there: levels, lengths, times and networks.
class LiarsTest {
  private static final long TICK = 20_000_000;
  private static final int SECOND = 50;
  private static final int MINUTE = 60 * SECOND;

  /// How many enter a room of two, so that it is large.
  private static final int LIARS = 6;

  /// 0 dBov, with voice.
  private static final int SHOUT = Frame.VOICE;

  private static final int SPEECH = Frame.VOICE | 25;
  private static final int MURMUR = Frame.VOICE | 45;
  private static final int SILENT = Frame.SILENCE;
  private static final int OPUS_BYTES = 60;
  private static final Rate PLENTY = new Rate(1e6, 1_000_000);

  private final MediaCounters counters = new MediaCounters();
  private final FramePath path =
      new FramePath(Forwarding.defaults(), new MediaCounters(), new RoundFlusher(System::nanoTime));
  private final List<Talker> talkers = new ArrayList<>();
  private int tick;

  /// Sends a frame at each tick for which it has a level.
  private final class Talker {
    private final int number = talkers.size() + 1;
    private final Publisher publisher;
    private final IntUnaryOperator levels;
    private final byte[] payload;
    private final long phase = number * TICK / 100;
    private int voiced;
    private int heard;

    Talker(Object party, int bytes, IntUnaryOperator levels) {
      var limits = new MediaLimits(PLENTY, PLENTY);
      publisher = new Publisher(path, number, party, limits, counters, 0);
      payload = new byte[bytes];
      this.levels = levels;
      talkers.add(this);
    }

    void speak() {
      int level = levels.applyAsInt(tick);
      if (level != SILENT) {
        boolean counts = (level & Frame.VOICE) != 0;
        voiced += counts ? 1 : 0;
        // The timestamp says whether this frame counts.
        var frame = new Frame(false, level, 0, tick, counts ? 1 : 0, payload);
        publisher.publish(ByteBuffer.wrap(frame.toBundle()), tick * TICK + phase);
      }
    }

    double share() {
      return (double) heard / voiced;
    }
  }

  /// Somebody who only listens.
  private record Listener(Consumer<Frame> heard) implements MediaLink {
    @Override
    public void sendMedia(Bundle bundle, long now) {
      Frame.parseBundle(bundle.bytes()).forEach(heard);
    }

    @Override
    public long framesDropped() {
      return 0;
    }
  }

  LiarsTest() {
    path.subscribe(new Subscriber(1_000, new Listener(this::hear)));
  }

  private void hear(Frame frame) {
    talkers.get(frame.participant() - 1).heard += frame.timestamp();
  }

  /// Lets everybody speak for so many ticks of 20 ms.
  private void run(int ticks) {
    for (int end = tick + ticks; tick < end; tick++) {
      talkers.forEach(Talker::speak);
      path.flushIfDue((tick + 1) * TICK - 1);
    }
  }

  private void becomeLarge() {
    path.setParticipants(LIARS + 2, tick * TICK);
  }

  /// At this level in every frame, from now on.
  private IntUnaryOperator steady(int level) {
    int begin = tick;
    return at -> at < begin ? SILENT : level;
  }

  /// At this level in so many frames, one after the other, of each `every`.
  private static IntUnaryOperator now(int level, int frames, int every, int phase) {
    return at -> Math.floorMod(at + phase, every) < frames ? level : SILENT;
  }

  /// @param together whether all send in the same moments
  @ParameterizedTest
  @CsvSource({
    // frames, of each, bytes, together
    "1, 20, 1, false",
    "1, 20, 1, true",
    "1, 20, 60, false",
    "1, 20, 60, true",
    "3, 30, 60, false",
    "3, 30, 60, true",
    "5, 40, 60, true",
    "1, 1, 1, true",
  })
  void whoClaimsVoiceWithoutSendingAnyKeepsNobodyOut(
      int frames, int every, int bytes, boolean together) {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liar " + i, bytes, now(SHOUT, frames, every, together ? 0 : i * every / LIARS));
    }
    run(2 * SECOND);
    var honest = new Talker("honest", OPUS_BYTES, steady(SPEECH));
    run(8 * SECOND);

    assertThat(honest.share()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void aClaimOfVoiceInAPayloadTooSmallForItIsNotPassedOn() {
    List<Frame> passed = new ArrayList<>();
    path.subscribe(new Subscriber(1_001, new Listener(passed::add)));
    new Talker("liar", 7, at -> at == 0 ? SPEECH : SILENT);
    new Talker("honest", 8, at -> at == 1 ? SPEECH : SILENT);
    run(2);

    assertThat(passed).extracting(Frame::level).containsExactly(25, SPEECH);
    assertThat(counters.voicesRefuted()).isEqualTo(1);
  }

  @Test
  void manyOfOneNetworkKeepNobodyElseOut() {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liars", OPUS_BYTES, steady(SHOUT));
    }
    run(2 * SECOND);
    var honest = new Talker("honest", OPUS_BYTES, steady(SPEECH));
    var another = new Talker("another", OPUS_BYTES, steady(MURMUR));
    var third = new Talker("third", OPUS_BYTES, recorded(0));
    run(MINUTE);

    for (Talker each : List.of(honest, another, third)) {
      assertThat(each.share()).isGreaterThanOrEqualTo(0.99);
    }
  }

  @Test
  void whoShoutsForEverFromManyNetworksLetsAnotherHaveItsShare() {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liar " + i, OPUS_BYTES, steady(SHOUT));
    }
    run(MINUTE);
    var honest = new Talker("honest", OPUS_BYTES, steady(SPEECH));
    run(3 * MINUTE);

    assertThat(honest.share()).isGreaterThanOrEqualTo(5.0 / 7);
  }

  @Test
  void whoShoutsForEverFromManyNetworksLetsAnotherWhoPausesHaveItsShare() {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liar " + i, OPUS_BYTES, steady(SHOUT));
    }
    run(MINUTE);
    var honest = new Talker("honest", OPUS_BYTES, recorded(0));
    run(3 * MINUTE);

    assertThat(honest.share()).isGreaterThanOrEqualTo(5.0 / 7);
  }

  /// Five sevenths is everybody's share. Liars speak always, or pause, or take turns as five of
  /// six who know of each other; somebody else speaks in sentences, at these levels.
  @ParameterizedTest
  @CsvSource({
    // frames, of each, dBov, at least
    "500, 500, 20, 0.6", "500, 500, 28, 0.6", "500, 500, 35, 0.6",
    "470, 500, 20, 0.6", "470, 500, 28, 0.6", "470, 500, 35, 0.6",
    "120, 150, 20, 0.6", "120, 150, 28, 0.6", "120, 150, 35, 0.6",
    "500, 600, 20, 0.4", "500, 600, 28, 0.4", "500, 600, 35, 0.4",
  })
  void howeverLiarsPauseSomebodyElseIsHeard(int frames, int every, int dbov, double least) {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liar " + i, OPUS_BYTES, now(SHOUT, frames, every, i * every / LIARS));
    }
    run(MINUTE / 2);
    var honest = new Talker("honest", OPUS_BYTES, sentences(dbov, 5));
    run(3 * MINUTE);

    assertThat(honest.share()).isGreaterThanOrEqualTo(least);
  }

  @Test
  void whoShoutsWithPausesFromManyNetworksLetsAnotherHaveAboutItsShare() {
    becomeLarge();
    for (int i = 0; i < LIARS; i++) {
      new Talker("liar " + i, OPUS_BYTES, now(SHOUT, 470, 500, i * 80));
    }
    run(MINUTE);
    var honest = new Talker("honest", OPUS_BYTES, recorded(0));
    run(3 * MINUTE);

    assertThat(honest.share()).isGreaterThanOrEqualTo(0.6);
  }

  @Test
  void ofSevenWhoNeverPauseEachIsHeardForAboutItsShare() {
    becomeLarge();
    for (int i = 0; i < 7; i++) {
      new Talker("network " + i, OPUS_BYTES, steady(SPEECH + i % 3));
    }
    run(10 * MINUTE);

    assertThat(talkers).allSatisfy(each -> assertThat(each.share()).isBetween(0.5, 0.9));
  }

  @Test
  void whoSpeaksWhenTheRoomBecomesLargeIsHeardOn() {
    path.setParticipants(2, tick * TICK);
    List<Talker> liars = new ArrayList<>();
    for (int i = 0; i < LIARS; i++) {
      liars.add(new Talker("liar " + i, OPUS_BYTES, at -> at < SECOND ? SILENT : SHOUT));
    }
    // Speaks first, and after the liars in each round.
    var honest = new Talker("honest", OPUS_BYTES, steady(SPEECH));
    run(SECOND + SECOND / 2);
    becomeLarge();
    run(SECOND / 2);
    assertThat(honest.share()).isEqualTo(1);

    run(3 * MINUTE);
    assertThat(honest.share()).isGreaterThanOrEqualTo(5.0 / 7);
    assertThat(liars).anySatisfy(each -> assertThat(each.share()).isLessThan(0.9));
  }

  /// Somebody who speaks for 1 to 5 s and pauses for 0.3 to 1.2 s, at up to 6 dB more or less than
  /// this.
  private static IntUnaryOperator sentences(int dbov, int seed) {
    var random = new Random(seed);
    var voiced = new AtomicBoolean();
    var left = new AtomicInteger();
    return at -> {
      if (left.getAndDecrement() == 0) {
        voiced.set(!voiced.get());
        left.set(voiced.get() ? random.nextInt(50, 250) : random.nextInt(15, 60));
      }
      return voiced.get() ? Frame.VOICE | dbov + random.nextInt(-6, 7) : SILENT;
    };
  }

  /// Somebody who reads sentences with pauses, again and again.
  private static IntUnaryOperator recorded(int index) {
    String name = "/levels/voice-" + index + ".txt";
    try (var in = Objects.requireNonNull(LiarsTest.class.getResourceAsStream(name))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      byte[] levels = HexFormat.of().parseHex(String.join("", text.strip().split("\\s+")));
      return at -> levels[at % levels.length] & 0xff;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLecturerIsNotCutOffByThirtyWhoMurmur() {
    path.setParticipants(32, tick * TICK);
    for (int i = 0; i < 30; i++) {
      new Talker("network " + i, OPUS_BYTES, steady(MURMUR + i % 5));
    }
    run(SECOND);
    var lecturer = new Talker("lecturer", OPUS_BYTES, recorded(0));
    run(10 * MINUTE);

    assertThat(lecturer.share()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void aLecturerWithoutAPauseIsNotCutOffByThirtyWhoMurmur() {
    path.setParticipants(32, tick * TICK);
    for (int i = 0; i < 30; i++) {
      new Talker("network " + i, OPUS_BYTES, steady(MURMUR + i % 5));
    }
    run(SECOND);
    var lecturer = new Talker("lecturer", OPUS_BYTES, steady(SPEECH));
    run(10 * MINUTE);

    assertThat(lecturer.share()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void aLecturerIsHardlyCutOffByThirtyWhoTalkQuietly() {
    path.setParticipants(32, tick * TICK);
    for (int i = 0; i < 30; i++) {
      new Talker("network " + i, OPUS_BYTES, sentences(42, i));
    }
    run(SECOND);
    var lecturer = new Talker("lecturer", OPUS_BYTES, sentences(28, 50));
    run(5 * MINUTE);

    assertThat(lecturer.share()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aNetworkThatIsAloneHasAllPlaces() {
    becomeLarge();
    for (int i = 0; i < 5; i++) {
      new Talker("office", OPUS_BYTES, steady(SPEECH + 10));
    }
    run(MINUTE);

    assertThat(talkers).allSatisfy(each -> assertThat(each.share()).isEqualTo(1));
    var louder = new Talker("office", OPUS_BYTES, steady(SPEECH));
    run(10 * SECOND);
    assertThat(louder.share()).isGreaterThan(0.9);
  }
}
