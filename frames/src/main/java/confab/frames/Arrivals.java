package confab.frames;

/// What became of a publisher's frames on their way to the edge, since it was last asked.
///
/// @param received frames that came
/// @param lost frames that did not, by gaps in their sequence
public record Arrivals(int received, int lost) {}
