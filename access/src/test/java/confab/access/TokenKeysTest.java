package confab.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main",
        "=" + SECRET,
        "two words=" + SECRET,
        "main=",
        "main=short",
        "main=" + SECRET + ",",
        "main=" + SECRET + ",short"
      })
  void whatIsNoKeyIsSaidWithoutTheSecret(String text) {
    assertThatThrownBy(() -> TokenKeys.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain(SECRET, "short="));
  }

  @Test
  void aKeyIsThereOnce() {
    assertThatThrownBy(() -> TokenKeys.parse(List.of("a=" + SECRET, "a=" + SECRET + "2")))
        .hasMessageContaining("twice");
  }

  @Test
  void aFileHasAKeyPerLine() throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, "# ours\n\n  a=%s, %s2\nb=%s\n".formatted(SECRET, SECRET, SECRET));
    TokenKeys keys = TokenKeys.read(file);
    assertThat(keys.of("a")).hasSize(2);
    assertThat(keys.of("b")).hasSize(1);
    assertThat(keys.of("c")).isEmpty();
    assertThat(keys.toString()).doesNotContain(SECRET);

    Files.writeString(file, "a=short");
    assertThatThrownBy(() -> TokenKeys.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> TokenKeys.read(folder.resolve("none")))
        .hasMessageContaining("cannot read")
        .hasMessageNotContaining("\n");
  }
}
