package confab.frames;

/// The media half of a link to a participant, implemented by the transports. All methods may be
/// called from any thread, also on the frame path: none blocks and none throws.
public interface MediaLink {
  /// Sends a bundle soon or drops an older one for it; see [Outbox].
  ///
  /// @param now in nanoseconds, as [System#nanoTime] has it
  void sendMedia(Bundle bundle, long now);

  /// Media frames that were dropped so far since the link did not get rid of them in time.
  long framesDropped();
}
