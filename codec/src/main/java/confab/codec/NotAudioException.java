package confab.codec;

import java.io.IOException;

/// A file cannot be played: it is not there, is no WAV, or its kind of WAV is not known. The
/// message is one line for a person and names the file.
public final class NotAudioException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param message one line
  public static NotAudioException of(String message) {
    return new NotAudioException(message);
  }

  NotAudioException(String message) {
    super(message);
  }
}
