/// How the parts of an edge declare what they count, so that name, label and help of a metric stand
/// beside what it counts. No part of the protocol; it lies here since every part of an edge sees
/// this module.
///
/// In reading order: [Figure], [Labelled], [Counts].
@NullMarked
package confab.protocol.figures;

import org.jspecify.annotations.NullMarked;
