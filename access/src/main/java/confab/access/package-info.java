/// Tokens: who may be in which room, with which rights, for how long.
///
/// The heart is [TokenVerifier], which makes an [AccessToken] out of a string by [TokenKeys]; a
/// [TokenMaker] makes the string. A token names its rooms by a [RoomPattern].
/// Keys, and other secrets, stand in a [SecretFile].
/// A [TokenIssuer] signs by keys of its own, which others know as [PublicKeys].
@NullMarked
package confab.access;

import org.jspecify.annotations.NullMarked;
