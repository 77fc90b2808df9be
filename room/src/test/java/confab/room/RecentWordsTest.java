package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.ChatText;
import confab.protocol.Event;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentWordsTest {
  private final RecentWords words = new RecentWords(1_000);

  private static Event.Said line(int id, String text) {
    return new Event.Said(1, new ChatText(text), id);
  }

  @Test
  void theyAreKeptForATime() {
    words.add(line(1, "a"), 0);
    words.add(line(2, "b"), 500);
    assertThat(words.events(1_000, 0)).hasSize(2);
    assertThat(words.events(1_001, 0)).containsExactly(line(2, "b").toBytes());
  }

  @Test
  void theOldestGoFirstWhenThereAreMany() {
    IntStream.rangeClosed(1, 201).forEach(id -> words.add(line(id, "a"), 0));
    assertThat(words.events(0, 0)).hasSize(RecentWords.MAX_LINES);
    assertThat(words.events(0, 0).getLast()).isEqualTo(line(201, "a").toBytes());
    String long4k = "\ud83e\udda6".repeat(1000);
    IntStream.rangeClosed(300, 320).forEach(id -> words.add(line(id, long4k), 0));
    assertThat(words.events(0, 0).stream().mapToInt(each -> each.length).sum())
        .isBetween(RecentWords.MAX_BYTES - 5_000, RecentWords.MAX_BYTES);
  }
}
