package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(DisplayName.fault("🦦".repeat(64))).isEmpty();
    assertThat(DisplayName.fault("🦦".repeat(65))).contains("A name has at most 64 characters.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u202eb", "a\ud800b", "a\u2028b"})
  void whatIsNoDisplayName(String text) {
    assertThat(DisplayName.fault(text)).isPresent();
    assertThatThrownBy(() -> new DisplayName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /// The page reads the same cases.
  @ParameterizedTest
  @CsvSource({
    "seen, true, true",
    "unseen, false, false",
    "refused, false, false",
    "lines, false, true"
  })
  void whatIsANameAndWhatIsALine(String kind, boolean name, boolean line) throws IOException {
    var resource = IdsTest.class.getResourceAsStream("/golden/names.json");
    try (Reader reader =
        new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8)) {
      JsonObject golden = JsonParser.parseReader(reader).getAsJsonObject();
      assertThat(golden.getAsJsonArray(kind).asList())
          .map(JsonElement::getAsString)
          .isNotEmpty()
          .allMatch(text -> DisplayName.fault(text).isEmpty() == name, "name: " + name)
          .allMatch(text -> ChatText.fault(text).isEmpty() == line, "line: " + line);
    }
  }

  @Test
  void whoeverIsRefusedLearnsWhichRuleItIs() {
    assertThat(DisplayName.fault("\u0301")).contains("A name needs a character that can be seen.");
    assertThat(DisplayName.fault("\u0301a"))
        .contains("A name begins with no mark that belongs to another character.");
    assertThat(DisplayName.fault("a" + "\u0301".repeat(5)))
        .contains("A name has at most 4 marks on one character.");
    assertThat(ChatText.fault("a" + "\u0301".repeat(9)))
        .contains("A message has at most 8 marks on one character.");
    assertThat(DisplayName.fault("a\udb40\udc41"))
        .contains("A name has no tag characters but those of flags.");
  }

  @Test
  void anUnseenNameThatAnotherEdgeLetInIsRead() {
    assertThat(new DisplayName("\u200b").value()).isEqualTo("\u200b");
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

  @ParameterizedTest
  @EnumSource(names = {"KICKED", "EXPIRED", "SHUTDOWN", "IDLE_TIMEOUT", "INTERNAL_ERROR"})
  void whatOnlyEdgesSayIsNotTakenFromAParticipant(CloseReason reason) {
    assertThat(CloseReason.fromParticipant(reason.code())).isEqualTo(CloseReason.CONNECTION_LOST);
    assertThat(CloseReason.fromParticipant(CloseReason.UNLOADED.code()))
        .isEqualTo(CloseReason.UNLOADED);
  }
}
