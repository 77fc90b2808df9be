/// The way of media through a room: checked and stamped, gathered into rounds, chosen, bundled, and
/// queued for each link. Knows no roster, no Protobuf, no log and no socket; the build keeps it so.
///
/// [FramePath] is the heart and the file to read first. In reading order: [FramePath], [Publisher]
/// and [Subscriber] (a participant's way in and out), [MediaLink], [Outbox] and [Bundle] (what
/// leaves), [BusFeed] (to the other edges), [RoundFlusher] (time); [Forwarding], [MediaLimits],
/// [Rate], [TokenBucket] (what is allowed); [MediaCounters], [DropReason], [Arrivals] (figures).
@NullMarked
package confab.frames;

import org.jspecify.annotations.NullMarked;
