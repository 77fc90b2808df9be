/// What an edge asks other servers over HTTP: [Fetcher].
@NullMarked
package confab.edge.fetch;

import org.jspecify.annotations.NullMarked;
