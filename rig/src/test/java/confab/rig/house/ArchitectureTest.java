package confab.rig.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The shape of the house: arrows between modules, libraries in their rooms, public types on one
/// screen, packages and files that a reader can hold in the head.
///
/// It reads sources, so that it needs no module to be built and fails before the first of them is.
/// What it cannot see is a type that is used without ever being named; what a module must not even
/// reach that way is kept out by its POM.
class ArchitectureTest {
  private static final int MAX_LINES = 400;
  private static final int MAX_FILES = 25;

  /// By the second word of their packages: what each module may see of the others.
  private static final Map<String, String> ARROWS =
      Map.ofEntries(
          Map.entry("protocol", ""),
          Map.entry("pem", ""),
          Map.entry("access", "protocol"),
          Map.entry("bus", "pem protocol"),
          Map.entry("frames", "bus protocol"),
          Map.entry("room", "frames bus protocol"),
          Map.entry("webtransport", "room frames protocol pem"),
          Map.entry("websocket", "room frames protocol"),
          Map.entry("edge", "webtransport websocket room frames bus protocol terminal access"),
          Map.entry("codec", ""),
          Map.entry("participant", "codec protocol"),
          Map.entry("terminal", ""),
          Map.entry("cli", "terminal participant codec protocol access"),
          Map.entry("load", "terminal participant protocol"),
          Map.entry("rig", ""),
          Map.entry("bench", "cli participant codec protocol rig"));

  private static final List<Source> SOURCES = Source.all();

  private static Stream<Source> main() {
    return SOURCES.stream().filter(Source::isMain);
  }

  @Test
  void everyModuleHasItsArrows() {
    assertThat(main().filter(each -> !ARROWS.containsKey(each.room())).map(Source::name))
        .as("main sources of a module that ARROWS does not name")
        .isEmpty();
  }

  @Test
  void arrowsPointOneWay() {
    assertThat(
            main()
                .flatMap(
                    source ->
                        source.mentions().stream()
                            .filter(mention -> mention.isWithin("confab"))
                            .filter(mention -> !maySee(source.room(), mention))))
        .as("names of modules that this one must not see")
        .isEmpty();
  }

  private static boolean maySee(String room, Source.Mention mention) {
    return Stream.concat(Stream.of(room), Stream.of(ARROWS.getOrDefault(room, "").split(" ")))
        .filter(each -> !each.isEmpty())
        .anyMatch(each -> mention.isWithin("confab." + each));
  }

  @ParameterizedTest
  @CsvSource({
    "tech.kwik, 'webtransport.kwik participant'",
    "okhttp3, 'participant'",
    "okio, 'participant'",
    "io.undertow, 'websocket edge'",
    "org.bouncycastle, 'pem webtransport.certificates'",
    "io.github.jaredmdobson, 'codec'",
    "org.concentus, 'codec'",
    "com.google.protobuf, 'protocol'",
    "confab.protocol.wire, 'protocol'",
    "io.micrometer, 'edge'",
    "picocli, 'edge terminal cli load'",
    "io.netty, 'webtransport.netty load'",
    "org.HdrHistogram, 'load bench'",
    "io.nats, 'bus'",
    "com.nimbusds, 'access'",
    "org.slf4j, 'bus room webtransport websocket edge'",
    "com.microsoft.playwright, 'rig bench'",
    "org.awaitility, 'rig bench'"
  })
  void librariesStayInTheirRooms(String library, String rooms) {
    List<String> allowed = List.of(rooms.split(" "));
    assertThat(
            main()
                .filter(source -> allowed.stream().noneMatch(source::isInRoom))
                .flatMap(named(library)))
        .as("%s outside of %s", library, rooms)
        .isEmpty();
  }

  /// The way of a frame meets nothing that allocates, blocks or looks up by itself.
  @ParameterizedTest
  @CsvSource({"com.google.protobuf", "confab.protocol.wire", "org.slf4j", "confab.room"})
  void framesMeetNeitherMessagesNorLogsNorPeople(String library) {
    assertThat(main().filter(source -> source.room().equals("frames")).flatMap(named(library)))
        .as("%s on the way of a frame", library)
        .isEmpty();
  }

  private static Function<Source, Stream<Source.Mention>> named(String library) {
    return source -> source.mentions().stream().filter(mention -> mention.isWithin(library));
  }

  /// `package-info` lists a package's public types as links in reading order.
  @Test
  void publicTypesAreThoseThatThePackageLists() {
    Map<String, Set<String>> actual = new TreeMap<>();
    main()
        .forEach(
            source ->
                actual
                    .computeIfAbsent(source.packageName(), _ -> new TreeSet<>())
                    .addAll(source.publicTypes()));
    Map<String, Set<String>> listed = new TreeMap<>();
    main()
        .filter(Source::isPackageInfo)
        .forEach(source -> listed.put(source.packageName(), source.links()));
    assertThat(listed.keySet()).as("packages with a package-info").isEqualTo(actual.keySet());
    actual.forEach(
        (name, types) ->
            assertThat(listed.get(name)).as("links in package-info of %s", name).isEqualTo(types));
  }

  @Test
  void packagesFitOnOneScreen() {
    Map<String, Long> files =
        main()
            .filter(source -> !source.isPackageInfo())
            .collect(Collectors.groupingBy(Source::packageName, Collectors.counting()));
    files.values().removeIf(count -> count <= MAX_FILES);
    assertThat(files).as("packages of more than %d files", MAX_FILES).isEmpty();
  }

  @Test
  void packagesDoNotKnowEachOtherInCircles() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    main()
        .forEach(
            source ->
                source.mentions().stream()
                    .map(Source.Mention::packageName)
                    .filter(name -> name.startsWith("confab."))
                    .filter(name -> !name.equals(source.packageName()))
                    .forEach(
                        name ->
                            arrows
                                .computeIfAbsent(source.packageName(), _ -> new TreeSet<>())
                                .add(name)));
    assertThat(arrows.keySet().stream().map(each -> circle(each, arrows)).filter(c -> !c.isEmpty()))
        .as("packages that come back to themselves")
        .isEmpty();
  }

  /// The shortest way from a package back to itself; empty when there is none.
  private static List<String> circle(String start, Map<String, Set<String>> arrows) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String here = open.remove();
      for (String next : arrows.getOrDefault(here, Set.of())) {
        if (cameFrom.putIfAbsent(next, here) == null) {
          open.add(next);
        }
      }
    }
    List<String> way = new ArrayList<>();
    if (cameFrom.containsKey(start)) {
      way.add(start);
      for (String at = cameFrom.get(start); !at.equals(start); at = cameFrom.get(at)) {
        way.addFirst(at);
      }
      way.addFirst(start);
    }
    return way;
  }

  @Test
  void filesAreShort() {
    assertThat(
            SOURCES.stream()
                .filter(source -> source.lines() > MAX_LINES)
                .map(source -> source.name() + ": " + source.lines() + " lines"))
        .as("files of more than %d lines", MAX_LINES)
        .isEmpty();
  }

  /// Every queue has a bound.
  @Test
  void thereAreNoUnboundedQueues() {
    Pattern unbounded =
        Pattern.compile(
            "new (LinkedBlockingQueue|LinkedBlockingDeque|LinkedTransferQueue)<[^>]*>\\(\\)"
                + "|new (ConcurrentLinkedQueue|ConcurrentLinkedDeque|PriorityBlockingQueue)");
    assertThat(main().flatMap(source -> source.places(unbounded))).isEmpty();
  }

  /// Awaitility's own ten seconds are too few for a busy machine.
  @Test
  void testsWaitAsLongAsPatienceSays() {
    Pattern impatient = Pattern.compile("Awaitility\\.(await|given|with|waitAtMost)\\b");
    assertThat(SOURCES.stream().filter(Source::isTest).flatMap(source -> source.places(impatient)))
        .as("await of Awaitility where it should be that of confab.rig.Patience")
        .isEmpty();
  }

  /// Whoever embeds the page's client does not get our user interface with it.
  @Test
  void thePagesClientDoesNotKnowItsUserInterface() {
    Pattern imported = Pattern.compile("(?:from|import) *\\(?'(\\.[^']*)'");
    Path ui = Path.of("web-ui/src/ui");
    List<String> found = new ArrayList<>();
    SOURCES.stream()
        .filter(source -> source.name().startsWith("web-ui/src/client/"))
        .forEach(
            source ->
                imported
                    .matcher(source.text())
                    .results()
                    .map(match -> match.group(1))
                    .filter(
                        name ->
                            Path.of(source.name()).resolveSibling(name).normalize().startsWith(ui))
                    .forEach(name -> found.add(source.name() + " imports " + name)));
    assertThat(found).isEmpty();
  }
}
