package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.rig.Project;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive that the build makes, unpacked where a service user may write nothing.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class InstalledTest {
  /// Who a container and a test run as root become: nobody.
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

  @TempDir static Path directory;
  private static Site site;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    // Nobody has to get at what is inside.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    site = Site.in(directory, Map.of());
    Path archive = only(Project.ROOT.resolve("dist/target"), "confab-*.tar.gz");
    assertThat(run("tar", "-xzf", archive.toString(), "-C", directory.toString())).isZero();
    home = only(directory, "confab-*");
    assertThat(run("chmod", "-R", "a-w", home.toString())).isZero();
  }

  /// So that the directory can be deleted.
  @AfterAll
  static void end() throws Exception {
    assertThat(run("chmod", "-R", "u+w", home.toString())).isZero();
    site.close();
  }

  private static Path only(Path directory, String name) throws IOException {
    return all(directory, name).getFirst();
  }

  private static List<Path> all(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name)) {
      return StreamSupport.stream(found.spliterator(), false).toList();
    }
  }

  private static int run(String... command) throws Exception {
    return site.start("run", List.of(command)).awaitEnd();
  }

  /// Without a home, a locale, or anything of the sources.
  private static Program confab(String name, String... arguments) throws Exception {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command = new ArrayList<>(root ? NOBODY : List.of());
    command.addAll(List.of("env", "-i", "PATH=/usr/bin:/bin", "CONFAB_JAVA_HOME=" + java()));
    command.add(Tool.javaOptions(""));
    command.add(home.resolve("confab").toString());
    command.addAll(List.of(arguments));
    return site.start(name, command);
  }

  private static String java() {
    return System.getProperty("java.home");
  }

  private static Program edge() throws Exception {
    return confab(
        "edge", "serve", "--bind=127.0.0.1", "--http-port=0", "--https-port=0", "--quic-port=0");
  }

  private static String urlOf(Program edge) throws Exception {
    return edge.awaitOutput(Pattern.compile("open (http://\\S+)/")).group(1);
  }

  @Test
  void whoMayWriteNothingServesSpeaksAndLoads() throws Exception {
    Program edge = edge();
    String url = urlOf(edge);
    assertThat(edge.output()).contains("(UDP, netty)");

    Program stream =
        confab(
            "stream",
            "stream",
            "--url",
            url,
            "--room=demo",
            "--user=robot",
            "--tone=440",
            "--duration=1s",
            "--transport=webtransport");
    Program load =
        confab(
            "load",
            "load",
            "--url",
            url,
            "--rooms=1",
            "--listeners=1",
            "--ramp=500ms",
            "--duration=4s");
    assertThat(stream.awaitEnd()).as(stream.errors()).isZero();
    assertThat(load.awaitEnd()).as(load.errors()).isZero();

    edge.terminate();
    assertThat(edge.awaitEnd()).isZero();
  }

  /// Whoever hands the archive on has with it what the licences of all libraries ask for.
  @Test
  void everyLibraryIsNamedWithItsLicence() throws Exception {
    assertThat(home.resolve("LICENSE")).content().contains("Apache License");
    assertThat(home.resolve("NOTICE")).content().contains("The Netty Project", "Unicode, Inc.");
    assertThat(home.resolve("licenses/LGPL-3.0.txt")).content().contains("LESSER GENERAL PUBLIC");

    String thirdParty = Files.readString(home.resolve("THIRD-PARTY.txt"));
    List<JsonObject> components = componentsOf("bom.json");
    List<Path> jars = all(home.resolve("lib"), "*.jar");
    assertThat(jars).hasSizeGreaterThan(50);
    for (Path jar : jars) {
      String file = jar.getFileName().toString();
      if (isOurs(file)) {
        continue;
      }
      JsonObject listed =
          components.stream()
              .filter(component -> file.startsWith(nameOf(component, "-")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(file + " is not in bom.json"));
      assertThat(listed.getAsJsonArray("licenses")).as(file).isNotEmpty();
      assertThat(thirdParty).contains(":" + nameOf(listed, ":"));
    }
    assertThat(thirdParty).contains("LGPL-3.0-only\n", "tech.kwik:qpack:");
  }

  @Test
  void whoOpensThePageMayReadTheLicencesOfItsLibraries() throws Exception {
    Program edge = edge();
    URI address = URI.create(urlOf(edge) + "/licenses.txt");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      String served = client.send(request, BodyHandlers.ofString()).body();
      assertThat(served).isEqualTo(Files.readString(home.resolve("licenses/page.txt")));
      // The last two are in no file but those of workers.
      assertThat(served)
          .contains("\nlit 3", "Google LLC", "\n@bufbuild/protobuf ", "Skype Limited");
      for (JsonObject component : componentsOf("page.cdx.json")) {
        assertThat(served).contains("\n" + nameOf(component, " ") + " (");
      }
    }
    edge.terminate();
    assertThat(edge.awaitEnd()).isZero();
  }

  /// The modules, whose folders lie beside each other.
  private static boolean isOurs(String jar) {
    return Files.exists(Project.ROOT.resolve(jar.replaceFirst("-\\d.*", "")).resolve("pom.xml"));
  }

  private static List<JsonObject> componentsOf(String bom) throws IOException {
    String json = Files.readString(home.resolve(bom));
    return JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonArray("components")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String nameOf(JsonObject component, String between) {
    return component.get("name").getAsString() + between + component.get("version").getAsString();
  }

  @Test
  void systemdTakesTheUnit() throws Exception {
    String unit = Files.readString(home.resolve("deploy/confab.service"));
    Path file = directory.resolve("confab.service");
    Files.writeString(file, unit.replace("/opt/confab", home.toString()));
    Program verify = site.start("verify", List.of("systemd-analyze", "verify", file.toString()));
    assertThat(verify.awaitEnd()).isZero();
    assertThat(verify.errors()).isEmpty();
  }
}
