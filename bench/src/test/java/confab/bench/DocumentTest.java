package confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.bench.load.LoadChart;
import confab.bench.suite.Engine;
import confab.bench.suite.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentTest {
  private static final String TEXT =
      """
      before
      <!-- bench:load -->
      old
      <!-- /bench:load -->
      between
      <!-- bench:loudest -->
      <!-- /bench:loudest -->
      after
      """;

  @Test
  void aTableTakesThePlaceOfTheOldOneAndNothingElse(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("BENCHMARKS.md");
    Files.writeString(file, TEXT);
    var table = new Table("Load", "How.", List.of("a", "b"), List.of(List.of("1", "2")));

    new Document(file).update("load", table.body("Where."));

    assertThat(file)
        .hasContent(
            TEXT.replace("old\n", "How.\n\nWhere.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"));
  }

  @Test
  void aChartIsDrawnBesideTheDocument(@TempDir Path dir) throws Exception {
    String svg =
        LoadChart.draw(
            List.of(
                new LoadChart.Point(1, Engine.NETTY, 10, 40),
                new LoadChart.Point(1, Engine.NETTY, 1000, 4),
                new LoadChart.Point(3, Engine.KWIK, 10, 90)));
    String markdown = new Document(dir.resolve("BENCHMARKS.md")).addChart("load", svg);

    assertThat(markdown).contains("(images/load.svg)");
    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(dir.resolve("images/load.svg").toFile());
    assertThat(parsed.getElementsByTagName("polyline").getLength()).isEqualTo(6);
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    assertThatThrownBy(() -> Document.replace(TEXT, "loud", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("loud");
  }

  @ParameterizedTest
  @EnumSource(Suites.class)
  void theDocumentHasAPlaceForEverySuite(Suites suite) throws IOException {
    new Document(Path.of("..", "docs", "BENCHMARKS.md")).check(suite.label());
  }
}
