package confab.rig.impairment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final Impairment GOOD = new Impairment(Duration.ZERO, Duration.ZERO, 0, 7);
  private static final int BYTES = 1000;

  @Test
  void losesTheSamePacketsForTheSameSeed() {
    Impairment lossy = new Impairment(Duration.ZERO, Duration.ZERO, 0.2, 7);
    List<Boolean> losses = send(1000, new Line(lossy, 0)).map(Line.Fate::lost).toList();
    assertThat(losses).isEqualTo(send(1000, new Line(lossy, 0)).map(Line.Fate::lost).toList());
    assertThat(losses.stream().filter(lost -> lost).count()).isBetween(150L, 250L);
    assertThat(losses).isNotEqualTo(send(1000, new Line(lossy, 1)).map(Line.Fate::lost).toList());
  }

  /// 80 kbit/s take 100 ms for 1000 bytes, and so no more than four such packets at once.
  @Test
  void aNarrowPlaceTakesItsTimeAndLosesWhatWouldWaitTooLong() {
    Line line = new Line(new Impairment(Duration.ZERO, Duration.ZERO, 0, 80_000, 7), 0);
    List<Line.Fate> fates = send(10, line).toList();
    assertThat(fates.stream().filter(fate -> !fate.lost()).count()).isBetween(3L, 4L);
    long apart = fates.get(1).arrivesAt() - fates.get(0).arrivesAt();
    assertThat(apart).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(line.nanosUntilRoom()).isPositive();
  }

  @Test
  void whatStallsArrivesAfterwards() {
    Line line = new Line(GOOD, 0);
    long stalledUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(200);
    line.stall(Duration.ofSeconds(200));
    assertThat(line.next(BYTES).arrivesAt())
        .isCloseTo(stalledUntil, within(TimeUnit.SECONDS.toNanos(100)));
  }

  @Test
  void changesWhileItIsInUse() {
    Line line = new Line(GOOD, 0);
    assertThat(line.next(BYTES).lost()).isFalse();
    line.become(new Impairment(Duration.ZERO, Duration.ZERO, 1, 7));
    assertThat(line.next(BYTES).lost()).isTrue();
  }

  private static Stream<Line.Fate> send(int packets, Line line) {
    return Stream.generate(() -> line.next(BYTES)).limit(packets);
  }
}
