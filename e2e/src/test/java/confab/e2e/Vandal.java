package confab.e2e;

import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.protocol.Frame;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Sends fifty frames a second of which none is Opus, of every length, and now and then of another
/// place in the stream.
final class Vandal implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final int MOST_BYTES = 900;
  private static final int BETWEEN_JUMPS = 40;
  private static final int LOUD = Frame.VOICE | 20;

  private final Session participant;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Random random = new Random(3);
  private int sequence;

  Vandal(SessionConfig config) throws JoinException {
    participant = Session.join(config, new SessionListener() {});
    var _ = clock.scheduleAtFixedRate(this::send, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void send() {
    byte[] garbage = new byte[random.nextInt(MOST_BYTES)];
    random.nextBytes(garbage);
    sequence += random.nextInt(BETWEEN_JUMPS) == 0 ? random.nextInt() : 1;
    participant.send(new Frame(false, LOUD, 0, sequence, sequence * 960, garbage));
  }

  boolean isThere() {
    return participant.isOpen();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    participant.close();
  }
}
