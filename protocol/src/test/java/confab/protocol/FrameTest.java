package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Golden vectors, which `web-ui` reads, too, and hostile bytes.
class FrameTest {
  record Vector(String name, byte[] bundle, List<Frame> frames, int error) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void goldenVectorsAreReadAsWritten(Vector vector) {
    List<Frame> frames = Frame.parseBundle(vector.bundle());

    assertThat(frames).usingRecursiveFieldByFieldElementComparator().isEqualTo(vector.frames());
    assertThat(walk(vector.bundle())).isEqualTo(vector.error());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aWrittenFrameIsReadAsItWas(Vector vector) {
    for (Frame frame : vector.frames()) {
      assertThat(Frame.parseBundle(frame.toBundle()))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(frame);
    }
  }

  @Test
  void theStampChangesNothingButTheParticipant() {
    Frame frame = new Frame(true, 0x85, 1, 2, 3, new byte[] {9, 8, 7});
    byte[] bundle = frame.toBundle();
    FrameHeader.setParticipant(bundle, 0, 0xdeadbeef);
    assertThat(Frame.parseBundle(bundle))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(new Frame(true, 0x85, 0xdeadbeef, 2, 3, new byte[] {9, 8, 7}));
  }

  @Test
  void anEmptyOrOversizedPayloadCannotBeMade() {
    assertThatThrownBy(() -> new Frame(false, 0, 1, 1, 1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frame(false, 0, 1, 1, 1, new byte[1185]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void randomBytesNeverThrowAndNeverReadPastTheEnd() {
    var random = new Random(42);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = 0x40;
      }
      if (bytes.length > 3 && random.nextBoolean()) {
        bytes[2] = 0;
        bytes[3] = (byte) random.nextInt(40);
      }
      int payloads = Frame.parseBundle(bytes).stream().mapToInt(f -> f.payload().length).sum();
      assertThat(payloads).isLessThanOrEqualTo(bytes.length);
    }
  }

  /// The error at which a walk over the bundle stops; 0 for none.
  private static int walk(byte[] bundle) {
    int offset = 0;
    while (offset < bundle.length) {
      int length = FrameHeader.frameLength(bundle, offset, bundle.length);
      if (length < 0) {
        return length;
      }
      offset += length;
    }
    return 0;
  }

  static Stream<Vector> vectors() throws Exception {
    var resource = FrameTest.class.getResourceAsStream("/golden/frames.json");
    try (Reader reader =
        new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8)) {
      List<Vector> vectors = new ArrayList<>();
      for (JsonElement element :
          JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("vectors")) {
        vectors.add(vector(element.getAsJsonObject()));
      }
      return vectors.stream();
    }
  }

  private static Vector vector(JsonObject json) {
    List<Frame> frames = new ArrayList<>();
    json.getAsJsonArray("frames").forEach(each -> frames.add(frame(each.getAsJsonObject())));
    int error =
        json.get("error").isJsonNull()
            ? 0
            : switch (json.get("error").getAsString()) {
              case "version" -> FrameHeader.WRONG_VERSION;
              case "length" -> FrameHeader.WRONG_LENGTH;
              default -> FrameHeader.TRUNCATED;
            };
    return new Vector(
        json.get("name").getAsString(),
        HexFormat.of().parseHex(json.get("hex").getAsString()),
        frames,
        error);
  }

  private static Frame frame(JsonObject json) {
    JsonObject level = json.getAsJsonObject("level");
    return new Frame(
        json.get("encrypted").getAsBoolean(),
        (level.get("voice").getAsBoolean() ? Frame.VOICE : 0) | level.get("dbov").getAsInt(),
        (int) json.get("participant").getAsLong(),
        (int) json.get("sequence").getAsLong(),
        (int) json.get("timestamp").getAsLong(),
        HexFormat.of().parseHex(json.get("payloadHex").getAsString()));
  }
}
