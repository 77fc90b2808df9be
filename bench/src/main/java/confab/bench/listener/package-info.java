/// What headless listeners hear of headless speakers: through good and bad links, and for half an
/// hour of people coming and going; its heart is [Ear].
///
/// In reading order: [LinksSuite], [SoakSuite], [Speaker], [Ear], [Moves], [Heard], [BadLink].
@NullMarked
package confab.bench.listener;

import org.jspecify.annotations.NullMarked;
