/// Bytes between edges. In reading order: [Subject], [Bus], [LocalBus].
@NullMarked
package confab.bus;

import org.jspecify.annotations.NullMarked;
