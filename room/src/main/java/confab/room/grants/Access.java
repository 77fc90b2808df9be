package confab.room.grants;

import java.time.InstantSource;

/// By what rooms know who may be in them.
///
/// @param tokens reads those that are shown on the way
/// @param revocations what was taken back
public record Access(TokenReader tokens, Revocations revocations) {
  /// Where nobody is asked for a token.
  public static Access open() {
    return new Access(TokenReader.NONE, new Revocations(InstantSource.system()));
  }
}
