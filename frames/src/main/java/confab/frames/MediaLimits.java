package confab.frames;

/// What one publisher may send. What comes beyond it is dropped as [DropReason#RATE_LIMITED].
///
/// @param frames media frames
/// @param bytes media bytes, headers included
public record MediaLimits(Rate frames, Rate bytes) {}
