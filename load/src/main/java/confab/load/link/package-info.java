/// Links of the load tool: what each transport needs to bring a participant to an edge, on event
/// loops that many share.
///
/// In reading order: [Link], [WebSocketDialler] and [WebTransportDialler] (make links), [Reachable]
/// (which address they go to), [Sources] (those that they come from), [QuicSockets] and
/// [EventLoops] (what links share), [Events] (what comes on a control stream), [LoadException].
@NullMarked
package confab.load.link;

import org.jspecify.annotations.NullMarked;
