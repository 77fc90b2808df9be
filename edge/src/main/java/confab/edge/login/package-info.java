/// People who log in by an OpenID provider, at [LoginApi], as the [LoginOptions] say; what becomes
/// of them is in [LoginCounters].
///
/// Edges keep nothing: who was sent to the provider and who came back is in sealed cookies, which
/// every edge reads that shares the key. Whoever has logged in gets a token, and from there on
/// everything goes as for all who have one. What is asked of the provider is in module `access`.
@NullMarked
package confab.edge.login;

import org.jspecify.annotations.NullMarked;
