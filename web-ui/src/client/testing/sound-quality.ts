import { FRAME_SAMPLES } from '../media/opus';
import { Stretcher } from '../media/playout/stretch';
import type { Speech } from './speech';
import type { Place } from './trace';

/** Frames of less power, -50 dBov, hold nothing whose damage is heard. */
const AUDIBLE = 1e-5;
/** Bounds of a frame's part in the segmental figure, in dB: beyond them nobody hears a difference. */
const WORST = -10;
const BEST = 35;

export interface Quality {
  /** Signal to noise over all, in dB. */
  readonly overall: number;
  /** The mean over frames, in dB. */
  readonly segmental: number;
}

/** What was played in these places against how the same frames sound when none is lost. */
export function qualityOf(places: readonly Place[], { sounds }: Speech): Quality {
  let signal = 0;
  let noise = 0;
  const segments: number[] = [];
  for (const { frame, sound } of places) {
    const wanted = stretched(sounds, frame, sound.length);
    if (energy(wanted) < AUDIBLE * wanted.length) continue;
    const error = energy(wanted.map((sample, i) => sample - (sound[i] ?? 0)));
    signal += energy(wanted);
    noise += error;
    segments.push(Math.min(BEST, Math.max(WORST, decibels(energy(wanted) / error))));
  }
  const segmental = segments.reduce((sum, each) => sum + each, 0) / segments.length;
  return { overall: decibels(signal / noise), segmental };
}

// Steering of the delay stretches frames: what they are measured against is stretched the same way.
function stretched(sounds: readonly Float32Array[], frame: number, length: number): Float32Array {
  const stretcher = new Stretcher();
  const silence = new Float32Array(FRAME_SAMPLES);
  stretcher.process(sounds[frame - 1] ?? silence, FRAME_SAMPLES);
  return stretcher.process(sounds[frame] ?? silence, length);
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

function decibels(ratio: number): number {
  return 10 * Math.log10(ratio);
}

const SILENT = 1e-4;
/** 2 ms. */
const HOLE_SAMPLES = 96;
/** The voice fades into its pauses and out of them: what is this loud within 5 ms of silence was cut. */
const LOUD = 0.05;
const CLOSE_SAMPLES = 240;

/** Silences in the midst of sound, as where there was nothing to play. */
export function holes(samples: Float32Array): number {
  let count = 0;
  let silent = 0;
  samples.forEach((sample, i) => {
    if (Math.abs(sample) < SILENT) {
      silent++;
      return;
    }
    if (silent >= HOLE_SAMPLES && isLoudAround(samples, i - silent, i)) count++;
    silent = 0;
  });
  return count;
}

function isLoudAround(samples: Float32Array, from: number, to: number): boolean {
  const isLoud = (sample: number): boolean => Math.abs(sample) > LOUD;
  const before = samples.subarray(Math.max(0, from - CLOSE_SAMPLES), from);
  return before.some(isLoud) && samples.subarray(to, to + CLOSE_SAMPLES).some(isLoud);
}
