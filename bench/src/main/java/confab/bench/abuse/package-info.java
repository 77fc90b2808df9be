/// What hostile clients do to an edge, with a normal call beside each of them.
///
/// [AbuseSuite] is the heart and makes the table, `Attacks` has a line for each attack, and `Call`
/// is what must not notice.
@NullMarked
package confab.bench.abuse;

import org.jspecify.annotations.NullMarked;
