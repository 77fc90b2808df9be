package confab.frames;

/// So many things per second on average, and so many at once.
public record Rate(double perSecond, int burst) {
  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException("a rate is positive");
    }
  }
}
