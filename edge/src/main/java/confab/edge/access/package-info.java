/// Who may enter, where a token is asked for: [TokenInspector] is the heart, and [TokenCheck] what
/// the API makes of it. [AccessConfig] and [AccessOptions] are what an operator decides. What was
/// taken back is told to all edges by [RevocationFeed], and kept in a [RevocationFile].
@NullMarked
package confab.edge.access;

import org.jspecify.annotations.NullMarked;
