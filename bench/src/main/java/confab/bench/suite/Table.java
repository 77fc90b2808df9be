package confab.bench.suite;

import java.util.List;

/// What a suite found, as Markdown.
///
/// @param note says what was measured and how; stands above the table
public record Table(String title, String note, List<String> header, List<List<String>> rows) {

  /// All but the title, which the document has.
  ///
  /// @param origin how the figures came to be: command, machine, versions
  public String body(String origin) {
    var text = new StringBuilder();
    text.append(note).append("\n\n").append(origin).append("\n\n");
    line(text, header);
    line(text, header.stream().map(_ -> "---").toList());
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
