package confab.load;

import confab.participant.EdgeFinder;
import confab.participant.JoinException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.URI;

/// Asks the session API for the tickets of participants, whom it shows a token. Each question has a
/// virtual thread of its own, and ends within 3 s. Thread-safe.
///
/// @param url of the deployment, which has named the edge
record TicketDesk(Plan plan, URI url) {
  /// @param index of the participant in its room
  /// @param loop which is told the answer
  /// @return the ticket, empty where none is needed; fails with a [JoinException]
  Future<String> ask(int room, int index, EventLoop loop) {
    Promise<String> ticket = loop.newPromise();
    Thread.ofVirtual()
        .name("ticket")
        .start(
            () -> {
              try {
                ticket.setSuccess(EdgeFinder.find(plan.session(url, room, index)).ticket());
              } catch (JoinException e) {
                ticket.setFailure(e);
              }
            });
    return ticket;
  }
}
