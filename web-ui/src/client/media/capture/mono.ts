/** The samples of all channels as one. Leaves `audio` open. */
export function mono(audio: AudioData): Float32Array {
  const samples = new Float32Array(audio.numberOfFrames);
  audio.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
  if (audio.numberOfChannels < 2) return samples;
  const other = new Float32Array(audio.numberOfFrames);
  for (let channel = 1; channel < audio.numberOfChannels; channel++) {
    audio.copyTo(other, { planeIndex: channel, format: 'f32-planar' });
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) + (other[i] ?? 0);
  }
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) / audio.numberOfChannels;
  return samples;
}
