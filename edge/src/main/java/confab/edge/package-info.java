/// The process that serves people: configuration, assembly, pages, the HTTP API, health, metrics
/// and logs. What a room is and how frames travel is decided below, in the modules it puts
/// together.
///
/// In reading order: [Main], [EdgeConfig], [Edge], [StartException].
@NullMarked
package confab.edge;

import org.jspecify.annotations.NullMarked;
