/// What edges write into cookies about people who log in: a [Login], and before that a
/// [LoginAttempt].
@NullMarked
package confab.protocol.logins;

import org.jspecify.annotations.NullMarked;
