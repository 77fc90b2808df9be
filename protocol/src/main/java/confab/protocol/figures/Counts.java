package confab.protocol.figures;

import java.util.concurrent.atomic.LongAdder;

/// How often each of some things has happened: a counter for each constant of an enum. Any thread
/// adds, without a lock, a map or an allocation.
public final class Counts<E extends Enum<E>> {
  private final LongAdder[] byOrdinal;

  public Counts(Class<E> things) {
    byOrdinal = new LongAdder[things.getEnumConstants().length];
    for (int i = 0; i < byOrdinal.length; i++) {
      byOrdinal[i] = new LongAdder();
    }
  }

  public void increment(E what) {
    add(what, 1);
  }

  public void add(E what, long times) {
    byOrdinal[what.ordinal()].add(times);
  }

  public long of(E what) {
    return byOrdinal[what.ordinal()].sum();
  }
}
