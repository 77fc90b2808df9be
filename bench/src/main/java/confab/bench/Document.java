package confab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The document that the tables go to. Each stands between two markers, `<!-- bench:NAME -->` and
/// `<!-- /bench:NAME -->`; what is around them is for people.
record Document(Path file) {
  /// @throws IOException when there is no place for that table
  void check(String name) throws IOException {
    String _ = replace(Files.readString(file), name, "");
  }

  void update(String name, String body) throws IOException {
    Files.writeString(file, replace(Files.readString(file), name, body));
  }

  /// Puts a chart beside the document, whose tables may show it.
  ///
  /// @return the Markdown that does
  String addChart(String name, String svg) throws IOException {
    Path image = Path.of("images", name + ".svg");
    Path target = file.resolveSibling(image);
    Files.createDirectories(file.resolveSibling("images"));
    Files.writeString(target, svg);
    return "\n![Chart of the table above](" + image + ")\n";
  }

  static String replace(String text, String name, String body) throws IOException {
    String opening = "<!-- bench:" + name + " -->\n";
    String closing = "<!-- /bench:" + name + " -->";
    int from = text.indexOf(opening);
    int to = from < 0 ? -1 : text.indexOf(closing, from);
    if (to < 0) {
      throw new IOException("the document has no place for " + name);
    }
    return text.substring(0, from + opening.length()) + body + text.substring(to);
  }
}
