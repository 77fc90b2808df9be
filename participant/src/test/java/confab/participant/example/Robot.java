package confab.participant.example;

import confab.codec.Pcm;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.speech.Ears;
import confab.participant.speech.Mouth;
import confab.participant.speech.Sound;
import confab.protocol.Request;
import java.io.IOException;

/// Joins a room, greets, hums for two seconds and says whom it heard.
final class Robot {
  private Robot() {}

  /// @param args the address of a deployment and a room, such as `http://localhost:8080 demo`
  public static void main(String... args) throws IOException {
    var config = new SessionConfig(args[0], args[1], "robot").withName("Robot");
    var ears = new Ears();
    try (var session = Session.join(config, ears);
        var sound = new Sound.Tone(440)) {
      session.request(new Request.Say("Good morning!"));
      var mouth = new Mouth(session);
      short[] samples = new short[Pcm.FRAME_SAMPLES];
      while (session.isOpen() && mouth.awaitTurn() < 100) {
        sound.read(samples);
        mouth.say(samples);
        ears.mix(); // 20 ms of everybody else, for a loudspeaker or a file
      }
    }
    for (Ears.Heard each : ears.heard()) {
      System.out.println(each.name() + ": " + each.frames() + " frames");
    }
  }
}
