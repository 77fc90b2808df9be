package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final RoomState STATE = new RoomState(new EdgeRun(7), 3, true, Optional.empty());

  private final Seal seal = Seal.by(List.of(ResumeToken.key("new"), ResumeToken.key("old")));

  @Test
  void whatIsSealedIsGoodWhereItBelongsAndReadAsBefore() {
    byte[] sealed = seal.put("room demo", STATE.toBytes());
    assertThat(seal.isGood("room demo", sealed)).isTrue();
    assertThat(seal.isGood("room other", sealed)).isFalse();
    assertThat(RoomState.parse(sealed)).contains(STATE);
  }

  @Test
  void aFormerKeyIsGoodAndAnotherIsNot() {
    assertThat(seal.isGood("here", seal("old").put("here", STATE.toBytes()))).isTrue();
    assertThat(seal.isGood("here", seal("else").put("here", STATE.toBytes()))).isFalse();
  }

  @Test
  void whatIsChangedOrNotSealedIsNotGood() {
    byte[] sealed = seal.put("here", STATE.toBytes());
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] ^= 1;
      assertThat(seal.isGood("here", sealed)).isFalse();
      sealed[i] ^= 1;
    }
    assertThat(seal.isGood("here", STATE.toBytes())).isFalse();
    assertThat(seal.isGood("here", new byte[0])).isFalse();
  }

  @Test
  void whoSharesNoKeySealsNothingAndTakesEverything() {
    byte[] message = STATE.toBytes();
    assertThat(Seal.none().put("here", message)).isEqualTo(message);
    assertThat(Seal.none().isGood("here", message)).isTrue();
    assertThat(RoomState.parse(seal.put("here", message))).contains(STATE);
  }

  private static Seal seal(String secret) {
    return Seal.by(List.of(ResumeToken.key(secret)));
  }
}
