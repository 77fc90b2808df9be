package confab.rig.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourceTest {
  private static final Source SOURCE =
      Source.of(
          "room/src/main/java/confab/room/Door.java",
          """
          package confab.room;

          import static confab.bus.Bus.open;

          import java.util.List;

          /// See [Room]; not java.io.File.
          public sealed interface Door {
            String TEXT = "a.b.C and // no comment"; // nor c.d.E
            char QUOTE = '"';
            io.netty.buffer.ByteBuf bytes(); /* e.f.G */

            public record Knob(List<Door> doors) implements Door {}
          }
          """);

  @Test
  void typesAreMentionedInImportsAndByFullNamesAlone() {
    assertThat(SOURCE.mentions())
        .extracting(Source.Mention::toString)
        .containsExactly(
            "room/src/main/java/confab/room/Door.java:3 names a type of confab.bus",
            "room/src/main/java/confab/room/Door.java:5 names a type of java.util",
            "room/src/main/java/confab/room/Door.java:11 names a type of io.netty.buffer");
  }

  @Test
  void aPackageIsWithinItselfAndWhatIsAboveIt() {
    var mention = new Source.Mention("here", "io.netty.buffer");
    assertThat(mention.isWithin("io.netty")).isTrue();
    assertThat(mention.isWithin("io.netty.buffer")).isTrue();
    assertThat(mention.isWithin("io.net")).isFalse();
  }

  @Test
  void publicTypesAreThoseAtTheTop() {
    assertThat(SOURCE.publicTypes()).containsExactly("Door");
    assertThat(SOURCE.packageName()).isEqualTo("confab.room");
    assertThat(SOURCE.room()).isEqualTo("room");
    assertThat(SOURCE.links()).containsExactly("Room");
  }

  @Test
  void literalsAndCommentsAreNoCode() {
    assertThat(SOURCE.places(Pattern.compile("comment|File|nor|f\\.G"))).isEmpty();
    assertThat(SOURCE.places(Pattern.compile("Knob")))
        .containsExactly("room/src/main/java/confab/room/Door.java:13");
  }
}
