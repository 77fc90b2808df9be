package confab.rig.house;

import confab.rig.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A source file of the project.
///
/// @param name within the project, with slashes
/// @param text as it stands
/// @param code the text without comments and literals; lines are where they were
record Source(String name, String text, String code) {
  private static final Pattern NO_CODE =
      Pattern.compile(
          "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])++'"
              + "|//[^\n]*|/\\*[\\s\\S]*?\\*/");

  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:[a-z-]+ )*(?:class|interface|record|enum|@interface) (\\w+)",
          Pattern.MULTILINE);

  /// In imports and elsewhere: the package of a type that is named in full.
  private static final Pattern QUALIFIED =
      Pattern.compile("(?<![\\w.])([a-z]\\w*(?:\\.[a-z]\\w*)+)\\.(?:[A-Z]|\\*)");

  private static final Pattern LINK = Pattern.compile("\\[([A-Z]\\w*)\\]");

  /// A place that names a type of another package.
  record Mention(String place, String packageName) {
    /// Whether the type is of this package or of one within it.
    boolean isWithin(String library) {
      return (packageName + ".").startsWith(library + ".");
    }

    @Override
    public String toString() {
      return place + " names a type of " + packageName;
    }
  }

  /// All of them, except what is generated.
  static List<Source> all() {
    try (Stream<Path> modules = Files.list(Project.ROOT)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Source::within)
          .sorted((one, other) -> one.name.compareTo(other.name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Source> within(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".ts"))
          .filter(file -> !file.toString().contains("/gen/"))
          .map(Source::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      String text = Files.readString(file);
      return of(Project.ROOT.relativize(file).toString().replace('\\', '/'), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source of(String name, String text) {
    String code = NO_CODE.matcher(text).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
    return new Source(name, text, code);
  }

  boolean isJava() {
    return name.endsWith(".java");
  }

  boolean isMain() {
    return isJava() && name.contains("/src/main/");
  }

  boolean isTest() {
    return isJava() && name.contains("/src/test/");
  }

  boolean isPackageInfo() {
    return name.endsWith("/package-info.java");
  }

  String packageName() {
    Matcher matcher = PACKAGE.matcher(code);
    return matcher.find() ? matcher.group(1) : "";
  }

  /// Whether its package is `confab.` and this, or within that.
  boolean isInRoom(String name) {
    return (packageName() + ".").startsWith("confab." + name + ".");
  }

  /// The second word of the package: a module has one, which its rules are known by.
  String room() {
    String[] words = packageName().split("\\.");
    return words.length < 2 ? "" : words[1];
  }

  List<String> publicTypes() {
    return PUBLIC_TYPE.matcher(code).results().map(match -> match.group(1)).toList();
  }

  /// Those of a comment.
  Set<String> links() {
    return LINK.matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<Mention> mentions() {
    return QUALIFIED
        .matcher(code)
        .results()
        .map(match -> new Mention(place(match.start()), match.group(1)))
        .toList();
  }

  /// Where the pattern stands in the code.
  Stream<String> places(Pattern pattern) {
    return pattern.matcher(code).results().map(match -> place(match.start()));
  }

  private String place(int offset) {
    return name + ":" + (1 + code.substring(0, offset).chars().filter(c -> c == '\n').count());
  }

  long lines() {
    return text.lines().count();
  }
}
