/// The page beside a WebRTC call of the same browser: what is heard through bad links, how soon,
/// and what it costs; its heart is `PageCall`.
///
/// In reading order: [CallsSuite], [PagesSuite].
@NullMarked
package confab.bench.webrtc;

import org.jspecify.annotations.NullMarked;
