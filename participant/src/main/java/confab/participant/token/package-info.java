/// Where a session has its tokens from: a [TokenSource], which [Tokens] ask.
@NullMarked
package confab.participant.token;

import org.jspecify.annotations.NullMarked;
