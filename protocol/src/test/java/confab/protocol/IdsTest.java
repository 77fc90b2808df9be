package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "demo", "quiet-otter-42", "0", "a-"})
  void roomIds(String text) {
    assertThat(new RoomId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", "Demo", "a.b", "a b", "a*", "a>", "ü", "a/b", "a\n", "confab.room.>"})
  void whatIsNoRoomId(String text) {
    assertThat(RoomId.isValid(text)).isFalse();
    assertThatThrownBy(() -> new RoomId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsAreBounded() {
    assertThat(RoomId.isValid("a".repeat(64))).isTrue();
    assertThat(RoomId.isValid("a".repeat(65))).isFalse();
    assertThat(UserId.isValid("A".repeat(64))).isTrue();
    assertThat(UserId.isValid("A".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-x", "a b", "a/b", "a\u0000", "é"})
  void whatIsNoUserId(String text) {
    assertThat(UserId.isValid(text)).isFalse();
    assertThatThrownBy(() -> new UserId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDisplayNameIsFreeTextWithoutTheWhiteSpaceAroundIt() {
    assertThat(new DisplayName("  Алиса 🦦 <script>  ").value()).isEqualTo("Алиса 🦦 <script>");
    assertThat(DisplayName.isValid("🦦".repeat(64))).isTrue();
    assertThat(DisplayName.isValid("🦦".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u202eb", "a\ud800b", "a\u2028b"})
  void whatIsNoDisplayName(String text) {
    assertThat(DisplayName.isValid(text)).isFalse();
    assertThatThrownBy(() -> new DisplayName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void closeReasonsAreKnownByTheirCode(CloseReason reason) {
    assertThat(CloseReason.fromCode(reason.code())).isEqualTo(reason);
  }

  @Test
  void anUnknownCloseCodeOnlySaysThatItIsOver() {
    assertThat(CloseReason.fromCode(4711)).isEqualTo(CloseReason.CONNECTION_LOST);
  }
}
