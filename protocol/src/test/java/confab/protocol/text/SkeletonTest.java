package confab.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ICU knows what Unicode says; the product carries only what it needs of it.
class SkeletonTest {
  private static final SpoofChecker ICU =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

  @ParameterizedTest
  @CsvSource({
    "Anna, \u0410nn\u0430", // Cyrillic
    "Anna, A\u200bnna\u2060", // zero width
    "Anna, ANNA",
    "Anna, '\u3164Anna\u2800'",
    "Anna B, Anna\u00a0\u2003B",
    "Ivan, lvan",
    "Rob, R0b",
    "Tom, TOM",
    "Tom, Torn",
    "Zoe\u0308, Zo\u00eb",
    "Anna, \uff21\uff4e\uff4e\uff41",
    "Anna, \ud835\udc00\ud835\udc27\ud835\udc27\ud835\udc1a" // mathematical letters
  })
  void namesThatLookAlikeHaveOneSkeleton(String one, String other) {
    assertThat(Skeleton.of(other)).isEqualTo(Skeleton.of(one));
  }

  @ParameterizedTest
  @CsvSource({
    "Anna, Anne",
    "Anna, \u0410\u043d\u043d\u0430", // the same name in Russian does not look the same
    "Zoe, Zo\u00eb",
    "Anna 1, Anna 2",
    "\ud83d\ude42, \ud83d\ude43"
  })
  void othersHaveOthers(String one, String other) {
    assertThat(Skeleton.of(other)).isNotEqualTo(Skeleton.of(one));
  }

  @Test
  void aNameOfUnseenCharactersHasOneToo() {
    assertThat(Skeleton.of("\u200b")).isEmpty();
  }

  /// Where they differ, the file that should be is written.
  @Test
  void confusablesAreThoseOfIcu() throws IOException {
    Path fresh = Path.of("target/confusables.txt");
    Files.write(fresh, confusables());
    var carried = Objects.requireNonNull(Skeleton.class.getResourceAsStream("confusables.txt"));
    assertThat(new String(carried.readAllBytes(), StandardCharsets.US_ASCII))
        .as("src/main/resources/confab/protocol/text/confusables.txt; see protocol/%s", fresh)
        .isEqualTo(Files.readString(fresh));
  }

  @Test
  void everyCharacterIsReducedAsIcuDoes() {
    assertThat(
            assigned().filter(each -> !reduced(each).equals(icu(each))).mapToObj(SkeletonTest::hex))
        .isEmpty();
  }

  @Test
  void whatIsIgnorableIsAsUnicodeSays() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(each -> Characters.isIgnorable(each) != isIgnorable(each))
                .mapToObj(SkeletonTest::hex))
        .isEmpty();
  }

  private static boolean isIgnorable(int codePoint) {
    return UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  private List<String> confusables() {
    Map<String, List<String>> byPrototype = new TreeMap<>();
    assigned()
        .filter(each -> !isIgnorable(each))
        .filter(each -> text(each).equals(decomposed(each)) && !text(each).equals(icu(each)))
        .forEach(
            each ->
                byPrototype
                    .computeIfAbsent(
                        icu(each)
                            .codePoints()
                            .mapToObj(SkeletonTest::hex)
                            .collect(Collectors.joining(" ")),
                        _ -> new ArrayList<>())
                    .add(hex(each)));
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Made by SkeletonTest from ICU, which has it from Unicode's confusables.txt (UTS #39).");
    lines.add("# Copyright Unicode, Inc.; SPDX-License-Identifier: Unicode-3.0");
    byPrototype.forEach(
        (prototype, sources) -> lines.add(prototype + ": " + String.join(" ", sources)));
    return lines;
  }

  /// Those that the JDK knows, too.
  private static IntStream assigned() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(Character::isDefined)
        .filter(each -> Character.getType(each) != Character.SURROGATE);
  }

  private static String icu(int codePoint) {
    return ICU.getSkeleton(text(codePoint));
  }

  private static String reduced(int codePoint) {
    return Skeleton.reduce(text(codePoint));
  }

  private static String decomposed(int codePoint) {
    return Normalizer.normalize(text(codePoint), Normalizer.Form.NFD);
  }

  private static String text(int codePoint) {
    return Character.toString(codePoint);
  }

  private static String hex(int codePoint) {
    return Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
  }
}
