package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.rig.Patience;
import confab.rig.Project;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The participant in `examples/python`, as a process that tells what happens to it.
final class ForeignClient {
  private static final Path EXAMPLE = Project.ROOT.resolve("examples/python");
  private static final Path MESSAGES = Project.ROOT.resolve("protocol/src/main/proto");
  private static final Path PYTHON = Project.ROOT.resolve("e2e/target/python");

  private final String user;
  private final Program program;

  private ForeignClient(String user, Program program) {
    this.user = user;
    this.program = program;
  }

  /// Does what its README says: libraries from the package index, once for a build, and classes for
  /// the messages. Without an index it fails, as soon as pip has given up.
  static void prepare(Site site) throws Exception {
    Path wanted = EXAMPLE.resolve("requirements.txt");
    Path installed = PYTHON.resolve("requirements.txt");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      run(site, "venv", List.of("python3", "-m", "venv", "--clear", PYTHON.toString()));
      String requirements = "--requirement=" + wanted;
      run(site, "pip", python("-m", "pip", "install", "--timeout=15", "--retries=1", requirements));
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> protoc = python("-m", "grpc_tools.protoc", "confab/v1/control.proto");
    protoc.addAll(List.of("-I" + MESSAGES, "--python_out=" + PYTHON));
    run(site, "protoc", protoc);
  }

  private static List<String> python(String... arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON.resolve("bin/python").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static void run(Site site, String name, List<String> command) throws Exception {
    Program program = site.start(name, command);
    assertThat(program.awaitEnd()).as(name + ": " + program.errors()).isZero();
  }

  /// Returns before it is in the room; see [#awaitJoined].
  static ForeignClient start(
      Site site, String url, String room, String user, String transport, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("env", "PYTHONPATH=" + PYTHON, "PYTHONDONTWRITEBYTECODE=1"));
    command.addAll(python(EXAMPLE.resolve("confab_client.py").toString()));
    command.addAll(List.of("--url", url, "--room", room, "--user", user));
    command.addAll(List.of("--transport", transport));
    command.addAll(List.of(more));
    return new ForeignClient(user, site.start(room + "-" + user, command));
  }

  ForeignClient awaitJoined() throws IOException {
    await("joined");
    return this;
  }

  /// What it has told so far.
  List<JsonObject> events() throws IOException {
    String said = program.output();
    return said.substring(0, said.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  List<JsonObject> events(String kind) throws IOException {
    return events().stream().filter(each -> text(each, "event").equals(kind)).toList();
  }

  /// Waits until it tells this; the first time that it does.
  JsonObject await(String kind) throws IOException {
    return await(kind, kind, _ -> true);
  }

  JsonObject await(String kind, String field, String value) throws IOException {
    String what = kind + " with " + field + " " + value;
    return await(what, kind, event -> text(event, field).equals(value));
  }

  /// Waits until it has heard all of them from now on, a second each.
  void awaitHearing(String... users) throws IOException {
    Map<String, Integer> before = new HashMap<>();
    for (String user : users) {
      before.put(user, heardOf(user));
    }
    for (String user : users) {
      await(
          "sound of " + user,
          "heard",
          event -> framesOf(user, event) > before.getOrDefault(user, 0));
    }
  }

  private JsonObject await(String what, String kind, Predicate<JsonObject> wanted)
      throws IOException {
    Patience.awaitOnly(program.name() + ": " + what)
        .until(() -> events(kind).stream().anyMatch(wanted) || !program.isAlive());
    return events(kind).stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(program.name() + " has ended without " + what + complaint()));
  }

  private String complaint() {
    try {
      return ": " + program.errors();
    } catch (IOException e) {
      return "";
    }
  }

  private int heardOf(String user) throws IOException {
    return events("heard").stream().mapToInt(event -> framesOf(user, event)).max().orElse(0);
  }

  private static int framesOf(String user, JsonObject heard) {
    return text(heard, "user").equals(user) ? heard.get("frames").getAsInt() : 0;
  }

  String user() {
    return user;
  }

  String edge() throws IOException {
    return text(await("joined"), "edge");
  }

  ForeignClient type(String line) throws IOException {
    program.type(line);
    return this;
  }

  /// It leaves, and nobody waits for that.
  void terminate() {
    program.terminate();
  }

  /// Waits until it has left of its own will.
  void assertLeft() throws Exception {
    assertThat(program.awaitEnd()).as(program.name() + complaint()).isZero();
    assertThat(text(await("left"), "reason")).isEqualTo("left");
  }

  static String text(JsonObject event, String field) {
    return event.get(field).getAsString();
  }
}
