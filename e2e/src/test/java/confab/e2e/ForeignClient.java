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
import java.util.List;
import java.util.function.Predicate;

/// The participant in `examples/python`, as a process that tells what happens to it.
final class ForeignClient {
  private static final Path EXAMPLE = Project.ROOT.resolve("examples/python");
  private static final Path MESSAGES = Project.ROOT.resolve("protocol/src/main/proto");
  private static final Path PYTHON = Project.ROOT.resolve("e2e/target/python");

  private final Program program;

  private ForeignClient(Program program) {
    this.program = program;
  }

  /// Does what its README says: libraries from the package index, once for a build, and classes for
  /// the messages. Without an index it fails, as soon as pip has given up.
  static void prepare(Site site) throws Exception {
    Path wanted = EXAMPLE.resolve("requirements.txt");
    Path installed = PYTHON.resolve("requirements.txt");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      run(site, "venv", List.of("python3", "-m", "venv", "--clear", PYTHON.toString()));
      var pip =
          List.of("-m", "pip", "install", "--timeout=15", "--retries=1", "-r", wanted.toString());
      run(site, "pip", python(pip));
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> target = List.of("-I" + MESSAGES, "--python_out=" + PYTHON);
    run(
        site,
        "protoc",
        python(List.of("-m", "grpc_tools.protoc"), target, List.of("confab/v1/control.proto")));
  }

  @SafeVarargs
  private static List<String> python(List<String>... arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON.resolve("bin/python").toString()));
    List.of(arguments).forEach(command::addAll);
    return command;
  }

  private static void run(Site site, String name, List<String> command) throws Exception {
    Program program = site.start(name, command);
    assertThat(program.awaitEnd()).as(name + ": " + program.errors()).isZero();
  }

  /// Returns when it is in the room.
  static ForeignClient join(
      Site site, String url, String room, String user, String transport, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("env", "PYTHONPATH=" + PYTHON, "PYTHONDONTWRITEBYTECODE=1"));
    List<String> program = List.of(EXAMPLE.resolve("confab_client.py").toString());
    List<String> options =
        List.of("--url", url, "--room", room, "--user", user, "--transport", transport);
    command.addAll(python(program, options, List.of(more)));
    var client = new ForeignClient(site.start(room + "-" + user, command));
    client.await("joined");
    return client;
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

  /// Waits until it has heard more of somebody than so many frames.
  void awaitHearing(String user, int frames) throws IOException {
    await(
        "sound of " + user,
        "heard",
        event -> text(event, "user").equals(user) && event.get("frames").getAsInt() > frames);
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

  /// Frames that it has heard of somebody, by its last word on that.
  int heardOf(String user) throws IOException {
    return events("heard").stream()
        .filter(event -> text(event, "user").equals(user))
        .mapToInt(event -> event.get("frames").getAsInt())
        .max()
        .orElse(0);
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
