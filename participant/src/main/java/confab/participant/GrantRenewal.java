package confab.participant;

import confab.participant.token.Tokens;
import confab.protocol.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows another token when what a session was granted is about to end: as soon as there is one,
/// once more when the connection has changed meanwhile, and the next one when it is refused. Gives
/// up when the time is over. Each warning of an edge begins anew, on a virtual thread of its own.
final class GrantRenewal {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SessionCore session;
  private final Tokens tokens;

  // Guarded by this.
  private int round;
  private int shownInRound;
  private String shown = "";
  private @Nullable Connection shownOver;
  private boolean refused;

  GrantRenewal(SessionCore session, Tokens tokens) {
    this.session = session;
    this.tokens = tokens;
  }

  /// @param left until what was granted ends
  synchronized void begin(Duration left) {
    int begun = ++round;
    long deadline = System.nanoTime() + left.toNanos();
    Thread.ofVirtual().name("renewing").start(() -> run(begun, left, deadline));
  }

  /// The edge does not take the token.
  synchronized void onRefused() {
    refused = true;
  }

  private void run(int begun, Duration left, long deadline) {
    boolean told = false;
    try {
      while (isWanted(begun) && deadline - System.nanoTime() > 0) {
        if (!show(begun) && !told) {
          session.notice("what the token grants ends in " + left.toSeconds() + " s");
          told = true;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isWanted(int begun) {
    return begun == round && session.isOpen();
  }

  /// Whether a token has been shown that may do.
  private boolean show(int begun) {
    Connection over = session.current();
    String token;
    synchronized (this) {
      token = shownInRound == begun && !refused ? shown : "";
      if (!token.isEmpty() && over == shownOver) {
        return true;
      }
    }
    if (token.isEmpty()) {
      Optional<String> later = tokens.later();
      if (later.isEmpty() || isOld(later.get(), over)) {
        return false;
      }
      token = later.get();
    }
    return show(begun, token, over);
  }

  private synchronized boolean isOld(String token, Connection over) {
    return token.equals(shown) && over == shownOver;
  }

  private boolean show(int begun, String token, Connection over) {
    synchronized (this) {
      refused = false;
      shownInRound = begun;
      shown = token;
      shownOver = over;
    }
    try {
      session.request(new Request.Renew(token));
      return true;
    } catch (IOException e) {
      synchronized (this) {
        shownOver = null;
      }
      return false;
    }
  }
}
