/// Links over WebSocket, for participants who cannot have WebTransport. The package is thin: what a
/// join, a request or a frame means is decided in `confab.room`.
///
/// In reading order: [WebSocketFallback] (the end point), [HttpAdmission] (how a join
/// looks in HTTP; the API of `confab.edge` uses it, too). How a refusal looks is the edge's.
@NullMarked
package confab.websocket;

import org.jspecify.annotations.NullMarked;
