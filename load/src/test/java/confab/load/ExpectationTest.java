package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.load.Expectation.Span;
import confab.load.Plan.Talk;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  @Test
  void whatSomeHeardOfAPublisherAddsUp() {
    assertThat(new Span(5, 9).with(new Span(3, 7))).isEqualTo(new Span(3, 9));
    assertThat(new Span(3, 9).frames()).isEqualTo(7);
  }

  @Test
  void sequencesMayWrap() {
    assertThat(new Span(-2, 1).with(new Span(0, 4))).isEqualTo(new Span(-2, 4));
    assertThat(new Span(Integer.MAX_VALUE, Integer.MIN_VALUE).frames()).isEqualTo(2);
  }

  @Test
  void anEdgeThatForwardsTheLoudestForwardsAPart() {
    assertThat(Expectation.forwarded(VoiceTest.plan(Talk.ALWAYS, 10, 0), 10)).isEqualTo(1);
    assertThat(Expectation.forwarded(VoiceTest.plan(Talk.ALWAYS, 10, 5), 10)).isEqualTo(0.5);
    assertThat(Expectation.forwarded(VoiceTest.plan(Talk.ALWAYS, 3, 5), 3)).isEqualTo(1);
    assertThat(Expectation.forwarded(VoiceTest.plan(Talk.ALTERNATING, 10, 5), 10)).isEqualTo(1);
  }
}
