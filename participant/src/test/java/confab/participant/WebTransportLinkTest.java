package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.Session.Ending;
import confab.protocol.CloseReason;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import tech.kwik.core.QuicClientConnection;

/// A link whose QUIC connection has ended before it is told to. [DiallerTest] and [CallTest] have
/// real ones.
class WebTransportLinkTest {
  private final Endings endings = new Endings();

  /// As Kwik's is, once its threads are gone: it cannot be closed any more.
  private static QuicClientConnection ended() {
    return (QuicClientConnection)
        Proxy.newProxyInstance(
            WebTransportLinkTest.class.getClassLoader(),
            new Class<?>[] {QuicClientConnection.class},
            (_, method, _) -> {
              if (method.getName().equals("close")) {
                throw new RejectedExecutionException("no threads left");
              }
              return null;
            });
  }

  @Test
  void anEndSurvivesAConnectionThatHasEndedBefore() {
    var streams = Executors.newVirtualThreadPerTaskExecutor();
    var link = new WebTransportLink(ended(), streams, endings);

    link.onDisconnected("idle timeout");
    link.onDisconnected("once more");
    link.close(CloseReason.LEFT);

    assertThat(endings.heard).containsExactly(new Ending(Optional.empty(), "idle timeout"));
    assertThat(streams.isShutdown()).isTrue();
  }
}
