/// How the edge answers over HTTP, whatever the resource: JSON and its errors, files of the page,
/// headers, whom a proxy speaks for, and what it makes of the address that was asked for. Which
/// resources there are is in `confab.edge`.
///
/// [JsonErrors] is what most callers need. In reading order: [ThreadPerRequest]; [JsonAnswers],
/// [JsonBody], [JsonErrors]; [Bearer] (the token that somebody shows); [Pages]; [SecurityHeaders],
/// [TrustedProxies] and [ForwardedRequests]; [ReadOnly], [AllowedMethod], [DirectOnly];
/// [PlainPaths] and [ReadableRefusals] (addresses that cannot be read); [SecureOrigin] (where
/// people open the pages).
@NullMarked
package confab.edge.http;

import org.jspecify.annotations.NullMarked;
