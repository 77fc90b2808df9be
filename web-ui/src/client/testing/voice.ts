import { FRAME_SAMPLES, SAMPLE_RATE } from '../media/opus';
import { generator } from './random';

const PITCH_HZ = 130;
const SYLLABLE = 0.3;
const SOUNDING = 0.22;
/** Seconds over which a syllable comes and goes. */
const EDGE = 0.03;
/** Eight syllables, then a breath of two. */
const PHRASE = 10;
const SPOKEN = 8;
/** Two formants each, in Hz. */
const VOWELS = [
  [700, 1200],
  [400, 2000],
  [500, 900],
  [300, 2300],
];
/** Samples of one turn of the vocal cords. */
const TURN = 8192;

/**
 * Something like speech, the same each time: syllables of a hiss and a vowel on a moving pitch, and breaths.
 */
export function voice(frames: number): Float32Array {
  const noise = generator(1);
  const samples = new Float32Array(frames * FRAME_SAMPLES);
  const vowels = VOWELS.map(turn);
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const t = i / SAMPLE_RATE;
    const syllable = Math.floor(t / SYLLABLE);
    const at = t % SYLLABLE;
    phase += (PITCH_HZ * (1 + 0.12 * Math.sin(2.5 * t) + 0.01 * Math.sin(31 * t))) / SAMPLE_RATE;
    if (syllable % PHRASE >= SPOKEN || at > SOUNDING) continue;
    const hiss = at < 0.05 ? (noise(2000) / 1000 - 1) * 0.3 : 0;
    const vowel = vowels[syllable % vowels.length]?.[Math.floor((phase % 1) * TURN)] ?? 0;
    samples[i] = 0.2 * Math.min(1, at / EDGE, (SOUNDING - at) / EDGE) * (hiss + vowel);
  }
  return samples;
}

/** One turn of a vowel: the multiples of the pitch, strongest at the formants. */
function turn(formants: readonly number[]): Float32Array {
  const gains = Array.from({ length: Math.floor(4000 / PITCH_HZ) }, (_, n) =>
    gain((n + 1) * PITCH_HZ, formants),
  );
  return Float32Array.from({ length: TURN }, (_, i) => {
    const angle = (2 * Math.PI * i) / TURN;
    return Math.tanh(gains.reduce((sum, each, n) => sum + each * Math.sin((n + 1) * angle), 0));
  });
}

function gain(hz: number, formants: readonly number[]): number {
  const peaks = formants.reduce((sum, formant) => sum + Math.exp(-(((hz - formant) / 150) ** 2)), 0.15);
  return peaks / Math.sqrt(hz / 100);
}
