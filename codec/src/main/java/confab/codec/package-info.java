/// Speech as samples, as Opus packets and as WAV files, for headless participants; edges know
/// nothing of it. Samples are everywhere 16 bits, 48 kHz, mono.
///
/// In reading order: [Pcm] (frames of samples and their loudness); [SpeechEncoder] and
/// [SpeechDecoder] (Opus); [JitterBuffer] (one speaker's packets, in time); [Mixer] (several
/// speakers into one); [WavReader], [WavWriter] and [NotAudioException] (files).
@NullMarked
package confab.codec;

import org.jspecify.annotations.NullMarked;
