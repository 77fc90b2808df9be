import { FRAME_SAMPLES, SAMPLE_RATE } from '../media/opus';
import type { Decoder } from '../media/playout/decoder';
import { RINGS_BYTES, Rings, TICK_SAMPLES } from '../media/playout/ring';
import { RingVoice } from '../media/playout/ring-voice';
import { Speaker } from '../media/playout/speaker';
import { frame } from './frame';

const HERTZ = 440;
const PEAK = 0.5;
/** The largest step between neighbours in the tone, and a little. */
export const TONE_STEP = PEAK * ((2 * Math.PI * HERTZ) / SAMPLE_RATE) * 1.05;

export function tone(from: number, count: number): Float32Array<ArrayBuffer> {
  const turn = (2 * Math.PI * HERTZ) / SAMPLE_RATE;
  return Float32Array.from({ length: count }, (_, i) => PEAK * Math.sin(turn * (from + i)));
}

/** The largest step between neighbours: a click shows as one far above the tone's own. */
export function steepest(samples: readonly number[]): number {
  let most = 0;
  for (let i = 1; i < samples.length; i++)
    most = Math.max(most, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)));
  return most;
}

/** Stands for a frame of one endless tone, or for a payload that no decoder takes. */
export function tonePayload(sequence: number, bad = false): Uint8Array {
  return Uint8Array.of(9 << 3, sequence & 255, sequence >> 8, bad ? 1 : 0);
}

export function sequenceOf(payload: Uint8Array): number {
  return (payload[1] ?? 0) + ((payload[2] ?? 0) << 8);
}

/** Throws for a payload that no decoder takes. */
export function toneOf(payload: Uint8Array): Float32Array {
  if (payload[3] === 1) throw new Error('not Opus');
  return tone(sequenceOf(payload) * FRAME_SAMPLES, FRAME_SAMPLES);
}

/** The frames that come during a tick when all come evenly. */
export function onTime(tick: number): number[] {
  const before = Math.ceil((tick * TICK_SAMPLES) / FRAME_SAMPLES);
  const after = Math.ceil(((tick + 1) * TICK_SAMPLES) / FRAME_SAMPLES);
  return Array.from({ length: after - before }, (_, i) => before + i);
}

export interface Played {
  /** All that is heard. */
  readonly out: readonly number[];
  readonly speaker: Speaker;
}

/**
 * A speaker of the tone and the voice of its ring, on a clock of ticks. The decoder may take its time within
 * each.
 */
export async function play(
  decoder: Decoder,
  ticks: number,
  arrivals: (tick: number) => number[],
  bad: (n: number) => boolean = () => false,
): Promise<Played> {
  const rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  const voice = new RingVoice(rings, 0);
  const out: number[] = [];
  const outlet = { level: () => rings.level(0), write: (samples: Float32Array) => rings.write(0, samples) };
  const speaker = new Speaker(outlet, TICK_SAMPLES);
  speaker.equip(decoder);
  for (let tick = 0; tick < ticks; tick++) {
    for (const n of arrivals(tick)) speaker.put(frame(n, tonePayload(n, bad(n))));
    await Promise.resolve();
    const mix = new Float32Array(TICK_SAMPLES);
    voice.addTo(mix, new Float32Array(TICK_SAMPLES));
    out.push(...mix);
    speaker.tick(384);
  }
  return { out, speaker };
}
