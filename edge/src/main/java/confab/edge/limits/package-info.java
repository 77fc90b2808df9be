/// What an operator says about what addresses, rooms and people may do.
///
/// [LimitOptions] is the heart, and all there is.
@NullMarked
package confab.edge.limits;

import org.jspecify.annotations.NullMarked;
