package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // the directory comes from JUnit
class MainTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    var in = new ByteArrayInputStream(new byte[0]);
    return Main.run(in, printer(out), printer(err), args);
  }

  private static PrintStream printer(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String errorLine() {
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(out.size()).isZero();
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void helpNamesAllCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("stream", "listen", "serve");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "listen"})
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--room", "--duration", "--transport");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dance",
        "stream",
        "stream --room demo --user robot",
        "stream --room demo --tone 440",
        "stream --room demo --user robot --tone high",
        "stream --room demo --user robot --tone 440 --stdin-pcm",
        "stream --room demo --user robot --tone 440 --duration 10",
        "stream --room demo --user robot --tone 440 --duration 0s",
        "stream --room demo --user robot --tone 440 --bitrate 1M",
        "stream --room demo --user robot --tone 440 --transport pigeon",
        "stream --room Demo! --user robot --tone 440",
        "stream --room demo --user -robot --tone 440",
        "stream --url ftp://localhost --room demo --user robot --tone 440",
        "stream --room demo --user robot --tone 5",
        "stream --room demo --user robot --tone 440 --loop",
        "stream --room demo --user robot --file - --loop",
        "stream --room demo --user robot --tone 440 --live",
        "listen --room demo --user ear",
      })
  void wrongUsageIsOneLineAndExitCode2(String line) {
    int code = run(Stream.of(line.split(" ")).filter(s -> !s.isEmpty()).toArray(String[]::new));

    assertThat(code).isEqualTo(2);
    assertThat(errorLine()).startsWith("confab: ");
  }

  @Test
  void aFileThatIsNoAudioIsOneLineAndExitCode2() throws IOException {
    Path text = Files.writeString(directory.resolve("text.wav"), "hello");

    assertThat(run("stream", "--room", "demo", "--user", "robot", "--file", text.toString()))
        .isEqualTo(2);
    assertThat(errorLine()).contains("text.wav is not a WAV file");
  }

  @Test
  void aFileThatCannotBeWrittenIsOneLineAndExitCode2() {
    String path = directory.resolve("no/such/directory.wav").toString();

    assertThat(run("listen", "--room", "demo", "--user", "ear", "--out", path)).isEqualTo(2);
    assertThat(errorLine()).contains("cannot be written");
  }

  @Test
  void anEdgeThatIsNotThereIsOneLineAndExitCode1() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(stream(port)).isEqualTo(1);
    assertThat(errorLine()).startsWith("confab: cannot reach http://127.0.0.1:" + port);
  }

  @Test
  void aRefusalIsShownAsTheEdgeWordsIt() throws IOException {
    assertThat(streamTo(503, "{\"error\":\"room_full\",\"message\":\"The room is full.\"}"))
        .isEqualTo(1);
    assertThat(errorLine()).isEqualTo("confab: The room is full. (room_full)");
  }

  @Test
  void anAnswerThatIsNotConfabsIsOneLineAndExitCode1() throws IOException {
    assertThat(streamTo(404, "<html>nothing here</html>")).isEqualTo(1);
    assertThat(errorLine()).contains("answers with status 404");
  }

  @Test
  void anEdgeWithoutTheTransportAskedForIsOneLineAndExitCode1() throws IOException {
    assertThat(streamTo(200, "{\"edges\":[{\"name\":\"edge-1\"}]}")).isEqualTo(1);
    assertThat(errorLine()).isEqualTo("confab: the edge has no WebSocket");
  }

  private int stream(int port) {
    String url = "http://127.0.0.1:" + port;
    return run(
        "stream",
        "--url",
        url,
        "--room",
        "demo",
        "--user",
        "robot",
        "--tone",
        "440",
        "--duration",
        "1s");
  }

  private int streamTo(int status, String body) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(
        "/api/v1/session",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return stream(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }
}
