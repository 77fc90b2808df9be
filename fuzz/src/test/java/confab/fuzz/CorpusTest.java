package confab.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every target takes its corpus, and the same some thousand changes of it in every build. What
/// Jazzer finds is put into the corpus with the mend.
class CorpusTest {
  private static final int CHANGES = 3_000;
  private static final int ROOM_CHANGES = 150;

  @ParameterizedTest
  @EnumSource
  void whatWasFoundOnceIsTakenEver(Target target) {
    List<byte[]> corpus = corpus(target);
    for (byte[] input : corpus) {
      assertTakes(target, input);
    }
    var random = new Random(14);
    int changes = target == Target.ROOMS ? ROOM_CHANGES : CHANGES;
    for (int i = 0; i < changes; i++) {
      byte[] seed = corpus.isEmpty() ? new byte[0] : corpus.get(random.nextInt(corpus.size()));
      assertTakes(target, changed(seed, random));
    }
  }

  private static void assertTakes(Target target, byte[] input) {
    assertThatCode(() -> target.feed(input))
        .as("%s takes %s", target.label(), java.util.HexFormat.of().formatHex(input))
        .doesNotThrowAnyException();
  }

  /// Some bytes others, and some more or fewer.
  private static byte[] changed(byte[] seed, Random random) {
    int length = Math.max(1, seed.length + random.nextInt(-8, 40));
    byte[] changed = new byte[length];
    random.nextBytes(changed);
    System.arraycopy(seed, 0, changed, 0, Math.min(seed.length, length));
    for (int i = random.nextInt(6); i > 0; i--) {
      changed[random.nextInt(length)] = (byte) random.nextInt();
    }
    return changed;
  }

  private static List<byte[]> corpus(Target target) {
    Path folder = Path.of("src/test/resources/corpus", target.label());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(CorpusTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
