package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `docs/OPERATIONS.md`, as far as tests hold it to what the edge says of itself.
final class Operations {
  private static final Path FILE = Path.of("..", "docs", "OPERATIONS.md");

  private Operations() {}

  /// Checks the table that stands below the comment `<!-- made: name -->`. Where it fails, the
  /// table that belongs there is in the message.
  static void assertTable(String name, List<String> head, List<List<String>> rows)
      throws Exception {
    List<String> rule = head.stream().map(each -> "---").toList();
    String expected =
        Stream.concat(Stream.of(head, rule), rows.stream())
            .map(cells -> "| " + String.join(" | ", cells) + " |")
            .map(row -> row.replace("| --- | --- | --- |", "|---|---|---|"))
            .collect(Collectors.joining("\n"));
    String mark = "<!-- made: " + name + " -->\n\n";
    String text = Files.readString(FILE);
    assertThat(text).contains(mark);
    String below = text.substring(text.indexOf(mark) + mark.length());
    assertThat(below.lines().takeWhile(line -> line.startsWith("|")).toList())
        .as("docs/OPERATIONS.md, below the comment '%s', has to be:\n%s", mark.strip(), expected)
        .isEqualTo(expected.lines().toList());
  }

  /// The text below the heading `## name`.
  static String section(String name) throws Exception {
    String text = Files.readString(FILE);
    String heading = "\n## " + name + "\n";
    assertThat(text).contains(heading);
    String below = text.substring(text.indexOf(heading) + heading.length());
    int next = below.indexOf("\n## ");
    return next < 0 ? below : below.substring(0, next);
  }
}
