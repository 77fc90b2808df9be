export type Chime = 'joined' | 'left' | 'test';

/** The notes of each, in Hz; a rise is somebody coming, a fall somebody going. */
const NOTES: Record<Chime, readonly number[]> = {
  joined: [523.25, 659.25],
  left: [659.25, 523.25],
  test: [523.25, 659.25, 783.99],
};
const NOTE_SECONDS = 0.11;
const LOUDNESS = 0.09;

/** Plays a few soft notes into `output`. */
export function play(chime: Chime, output: AudioNode): void {
  const { context } = output;
  NOTES[chime].forEach((frequency, index) => {
    const start = context.currentTime + index * NOTE_SECONDS;
    const end = start + 2 * NOTE_SECONDS;
    const note = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0005, end);
    note.connect(gain).connect(output);
    note.start(start);
    note.stop(end);
  });
}
