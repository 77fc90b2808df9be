package confab.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The shape of the house: arrows between modules, libraries in their rooms, public types on one
/// screen, files that a reader can hold in the head.
class ArchitectureTest {
  private static final int MAX_LINES = 400;

  private static final String[] MODULES = {
    "protocol",
    "bus",
    "frames",
    "room",
    "webtransport",
    "websocket",
    "edge",
    "codec",
    "participant",
    "terminal",
    "cli",
    "load",
    "impairment",
    "browser"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("confab");

  /// Each module's package, the module's folder, and the packages of ours that it may see.
  @ParameterizedTest
  @CsvSource({
    "protocol, ''",
    "bus, 'protocol'",
    "frames, 'protocol bus'",
    "room, 'protocol bus frames'",
    "webtransport, 'protocol frames room'",
    "websocket, 'protocol frames room'",
    "edge, 'protocol bus frames room webtransport websocket terminal'",
    "codec, ''",
    "participant, 'protocol codec'",
    "terminal, ''",
    "cli, 'protocol codec participant terminal'",
    "load, 'protocol participant terminal'",
    "impairment, ''",
    "browser, ''"
  })
  void arrowsPointOneWay(String module, String mayUse) {
    Set<String> allowed = new TreeSet<>(List.of(mayUse.split(" ")));
    allowed.add(module);
    String[] forbidden =
        Stream.of(MODULES)
            .filter(each -> !allowed.contains(each))
            .map(each -> "confab." + each + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("confab." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "tech.kwik, 'webtransport participant'",
    "io.undertow, 'websocket edge'",
    "org.bouncycastle, 'webtransport'",
    "io.github.jaredmdobson, 'codec'",
    "com.google.protobuf, 'protocol'",
    "io.micrometer, 'edge'",
    "picocli, 'edge terminal cli load'",
    "io.netty, 'webtransport load'",
    "org.HdrHistogram, 'load bench'",
    "io.nats, 'bus'",
    "org.slf4j, 'bus room webtransport websocket edge'"
  })
  void librariesStayInTheirRooms(String library, String modules) {
    String[] rooms =
        Stream.of(modules.split(" ")).map(each -> "confab." + each + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .check(CLASSES);
  }

  /// `package-info` lists a module's public types as links in reading order.
  @Test
  void publicTypesAreThoseThatThePackageLists() {
    Map<String, Set<String>> actual = new TreeMap<>();
    for (JavaClass each : CLASSES) {
      if (each.getModifiers().contains(JavaModifier.PUBLIC)
          && each.isTopLevelClass()
          && !each.getPackageName().endsWith(".wire")) {
        actual
            .computeIfAbsent(each.getPackageName(), name -> new TreeSet<>())
            .add(each.getSimpleName());
      }
    }
    Map<String, Set<String>> listed = new TreeMap<>();
    sources("package-info.java")
        .filter(ArchitectureTest::isProduct)
        .forEach(file -> listed.put(packageOf(read(file)), links(read(file))));
    assertThat(actual).isEqualTo(listed);
  }

  static Stream<Path> allSources() {
    return Stream.concat(sources(".java"), sources(".ts"));
  }

  @ParameterizedTest
  @MethodSource("allSources")
  void filesAreShort(Path file) {
    assertThat(read(file).lines().count()).isLessThanOrEqualTo(MAX_LINES);
  }

  /// Every queue has a bound.
  @Test
  void thereAreNoUnboundedQueues() {
    Pattern unbounded =
        Pattern.compile(
            "new (LinkedBlockingQueue|LinkedBlockingDeque|LinkedTransferQueue)<[^>]*>\\(\\)"
                + "|new (ConcurrentLinkedQueue|ConcurrentLinkedDeque|PriorityBlockingQueue)");
    assertThat(
            sources(".java")
                .filter(ArchitectureTest::isProduct)
                .filter(file -> unbounded.matcher(read(file)).find()))
        .isEmpty();
  }

  private static Stream<Path> sources(String ending) {
    try (Stream<Path> files = Files.walk(Tool.ROOT)) {
      return files
          .filter(file -> inside(file).contains("/src/") && inside(file).endsWith(ending))
          .filter(file -> !inside(file).matches(".*/(target|node_modules|gen)/.*"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isProduct(Path file) {
    return inside(file).contains("/src/main/");
  }

  /// The path within the project, so that the name of the folder it was cloned to decides nothing.
  private static String inside(Path file) {
    return "/" + Tool.ROOT.relativize(file);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String packageOf(String source) {
    Matcher matcher = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE).matcher(source);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Set<String> links(String source) {
    return Pattern.compile("\\[([A-Z]\\w*)\\]")
        .matcher(source)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
