/// Speech as samples, for who does not want to make and take frames: 16 bits, 48 kHz, mono, 20 ms
/// at a time.
///
/// In reading order: [Mouth], which speaks into a session; [Sound] and [Piped] (what it may
/// say); [Ears], which
/// hear everybody in it.
@NullMarked
package confab.participant.speech;

import org.jspecify.annotations.NullMarked;
