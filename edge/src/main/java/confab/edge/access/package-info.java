/// Who may enter, where a token is asked for: [TokenCheck] is the heart. [AccessConfig] and
/// [AccessOptions] are what an operator decides.
@NullMarked
package confab.edge.access;

import org.jspecify.annotations.NullMarked;
