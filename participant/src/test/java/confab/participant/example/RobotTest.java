package confab.participant.example;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.speech.Ears;
import confab.protocol.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// The example of README does on a real edge what it says, with nothing but what is public.
class RobotTest {
  private static final class Chat implements SessionListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void event(Event event) {
      if (event instanceof Event.Said said) {
        lines.add(said.text().value());
      }
    }
  }

  @Test
  void itGreetsHumsAndSaysWhomItHeard() throws Exception {
    try (var edge = Edge.start(EdgeConfig.onLoopback())) {
      String url = "http://127.0.0.1:" + edge.httpAddress().getPort();
      var ears = new Ears();
      var chat = new Chat();
      var config = new SessionConfig(url, "demo", "zoe").withName("Zoë");
      try (var zoe = Session.join(config, ears.andThen(chat))) {
        String said = outputOf(() -> Robot.main(url, "demo"));

        assertThat(said.lines()).contains("Zoë: 0 frames");
        assertThat(chat.lines).containsExactly("Good morning!");
        await().until(() -> zoe.roster().size() == 1);
      }
      assertThat(ears.heard())
          .singleElement()
          .satisfies(
              robot -> {
                assertThat(robot.name()).isEqualTo("Robot");
                assertThat(robot.frames()).isGreaterThan(20);
              });
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static String outputOf(Action action) throws Exception {
    PrintStream before = System.out;
    var out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
