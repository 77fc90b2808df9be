/// What is asked of an OpenID provider: [OidcProvider] says where people go and who has come back,
/// an [Account], or else a [LoginFailure] with its [LoginOutcome]. Which provider, and what its
/// claims mean, is in the [LoginConfig].
@NullMarked
package confab.access.login;

import org.jspecify.annotations.NullMarked;
