package confab.bus;

import static confab.bus.Bus.Channel.PRESENCE;
import static confab.rig.Patience.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.awaitility.core.ConditionFactory;

/// What an edge of a test has received.
final class Inbox implements Bus.Receiver {
  private static final String LAST = "everybody is here";

  final Queue<String> messages = new ArrayBlockingQueue<>(10_000);
  final Queue<Bus.Channel> channels = new ArrayBlockingQueue<>(10_000);

  @Override
  public void receive(Bus.Channel channel, byte[] message) {
    channels.add(channel);
    messages.add(new String(message, StandardCharsets.UTF_8));
  }

  /// A subscription may take a moment to be known everywhere: publishes until it is, and until
  /// the last of that has arrived. The inboxes are empty then.
  static void meet(Bus.Attachment from, Inbox... inboxes) {
    for (Inbox inbox : inboxes) {
      soon()
          .until(
              () -> {
                from.publish(PRESENCE, bytes("are you there?"));
                return !inbox.messages.isEmpty();
              });
    }
    from.publish(PRESENCE, bytes(LAST));
    for (Inbox inbox : inboxes) {
      soon().until(() -> inbox.messages.contains(LAST));
      inbox.messages.clear();
      inbox.channels.clear();
    }
  }

  /// Looks more often than [org.awaitility.Awaitility] does by itself.
  static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
