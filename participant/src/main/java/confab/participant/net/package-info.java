/// The ways from this machine to a deployment: HTTP and the addresses of names. It knows nothing of
/// rooms and participants.
///
/// In reading order: [Http], the heart: HTTP and WebSocket by OkHttp; [Proxies] (what the
/// environment says of them); [Addresses] (all of a name, in the order to try);
/// [Alarm] (what ends a try in time); [Failures] (why one failed, in words).
@NullMarked
package confab.participant.net;

import org.jspecify.annotations.NullMarked;
