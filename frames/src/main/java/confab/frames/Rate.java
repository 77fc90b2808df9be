package confab.frames;

/// So many things per second on average, and so many at once.
public record Rate(double perSecond, int burst) {
  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException("a rate is positive");
    }
  }

  /// Another average, with a burst in the same proportion to it, rounded up.
  public Rate scaledTo(double otherPerSecond) {
    double scaled = Math.ceil(otherPerSecond * (burst / perSecond));
    return new Rate(otherPerSecond, (int) Math.clamp(scaled, 1, Integer.MAX_VALUE));
  }
}
