/// How the edge answers over HTTP, whatever the resource: JSON and its errors, files of the page,
/// headers, and whom a proxy speaks for. Which resources there are is in `confab.edge`.
///
/// [JsonErrors] is what most callers need. In reading order: [JsonAnswers], [JsonErrors]; [Pages];
/// [SecurityHeaders], [TrustedProxies].
@NullMarked
package confab.edge.http;

import org.jspecify.annotations.NullMarked;
