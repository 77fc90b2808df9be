/// What people write, as readers see it: what is allowed, and what looks alike.
///
/// [PlainText] is the heart. In reading order: [PlainText]; [Skeleton]; both ask `Characters`.
@NullMarked
package confab.protocol.text;

import org.jspecify.annotations.NullMarked;
