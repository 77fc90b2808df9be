/// The process that serves people: configuration, assembly, pages, the HTTP API, health, metrics
/// and logs. What a room is and how frames travel is decided in the modules that it puts together.
///
/// [Edge] is the heart and the file to read first: it makes all parts in order. In reading order:
/// [Edge], [EdgeConfig] (what an operator decides), [StartException] (why it cannot start), [Main]
/// (the command line, with `ServeCommand` and `ServeOptions`).
@NullMarked
package confab.edge;

import org.jspecify.annotations.NullMarked;
