package confab.load.link;

import confab.protocol.Query;
import confab.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// One link to an edge over some transport. Everything here happens on its event loop.
public interface Link {
  /// Whoever is not in the room by then cannot come.
  int PATIENCE_MILLIS = 10_000;

  /// Sends a bundle, which is copied, if the link stands and has room for it.
  void send(byte[] bundle);

  void request(Request request);

  /// Says goodbye and ends. The owner hears no more.
  ///
  /// @return completes when the link has ended; null when there is none
  @Nullable Future<?> leave();

  /// Whom the link serves.
  interface Owner {
    /// The edge has admitted the participant, who may enter.
    void onOpen();

    /// @param bundle to be read before this returns; stays the link's
    void onBundle(ByteBuf bundle);

    /// @param kind as in [Events]
    void onEvent(int kind);

    /// The edge answered something else than to admit the participant. Nothing follows.
    void onRefused(int status);

    /// The link has ended, or never came to be. Nothing follows.
    ///
    /// @param reason the wire name of a close reason, or why there is no link
    void onEnd(String reason);
  }

  /// Makes links to one edge on one event loop.
  interface Dialler {
    Link dial(Query query, Owner owner);

    /// The edge, for people.
    String where();
  }
}
