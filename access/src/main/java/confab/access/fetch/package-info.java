/// What is asked of other servers over HTTP: [Fetcher].
@NullMarked
package confab.access.fetch;

import org.jspecify.annotations.NullMarked;
