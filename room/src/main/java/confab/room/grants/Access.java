package confab.room.grants;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/// By what rooms know who may be in them.
///
/// @param tokens reads those that are shown on the way
/// @param revocations what was taken back
/// @param aside runs what reads tokens, which may take seconds
public record Access(TokenReader tokens, Revocations revocations, Executor aside) {
  public Access(TokenReader tokens, Revocations revocations) {
    this(tokens, revocations, Thread::startVirtualThread);
  }

  /// Where nobody is asked for a token.
  public static Access open() {
    return new Access(TokenReader.NONE, new Revocations(InstantSource.system()));
  }
}
