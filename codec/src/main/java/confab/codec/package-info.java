/// Speech as samples, as Opus packets and as WAV files, for headless participants. Edges know
/// nothing of it. Samples have 16 bits, 48 kHz and one channel everywhere.
///
/// [JitterBuffer] is the heart; [Pcm], which says what a frame of samples is, is read first.
///
/// In reading order: [Pcm] (frames of samples and their loudness); [SpeechEncoder] and
/// [SpeechDecoder] (Opus); [JitterBuffer] (one speaker's packets, in time); [Mixer] (several
/// speakers into one); [WavReader] and [NotAudioException];
/// [WavOutput], [WavWriter] and [WavStream] (files and pipes).
@NullMarked
package confab.codec;

import org.jspecify.annotations.NullMarked;
