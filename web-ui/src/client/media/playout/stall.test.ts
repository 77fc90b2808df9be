import { describe, expect, it } from 'vitest';
import { frame } from '../../testing/frame';
import { onTime, sequenceOf, tone, toneOf, tonePayload } from '../../testing/tone';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../opus';
import type { Decoder } from './decoder';
import { FrameAges } from './frame-ages';
import { RINGS_BYTES, Rings, TICK_SAMPLES } from './ring';
import { RingVoice } from './ring-voice';
import { Speaker } from './speaker';

const MS_PER_TICK = (TICK_SAMPLES * 1000) / SAMPLE_RATE;
const MARGIN = 384;

/** A worker that hears one speaker, stands still for a while, and then does all that has waited. */
class Worker implements Decoder {
  readonly #rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  readonly #voice = new RingVoice(this.#rings, 0);
  readonly #ages = new FrameAges();
  readonly decoded: number[] = [];
  readonly speaker = new Speaker(
    { level: () => this.#rings.level(0), write: (samples) => this.#rings.write(0, samples) },
    TICK_SAMPLES,
  );
  newest = 0;
  #tick = 0;

  constructor() {
    this.speaker.equip(this);
  }

  /** @param order whether frames or ticks come first when it goes on, or one after the other */
  run(ticks: number, stall: number, order: 'frames' | 'ticks' | 'turns'): void {
    const end = this.#tick + ticks;
    const frames: number[] = [];
    let waiting = 0;
    for (const resume = this.#tick + stall; this.#tick < end; this.#tick++) {
      this.#voice.addTo(new Float32Array(TICK_SAMPLES), new Float32Array(TICK_SAMPLES));
      frames.push(...onTime(this.#tick));
      waiting++;
      if (this.#tick < resume) continue;
      if (order === 'ticks') for (; waiting > 0; waiting--) this.speaker.tick(MARGIN);
      for (const each of frames.splice(0)) {
        this.#hear(each);
        if (order === 'turns')
          for (let n = 0; n < 4 && waiting > 0; n++, waiting--) this.speaker.tick(MARGIN);
      }
      for (; waiting > 0; waiting--) this.speaker.tick(MARGIN);
    }
  }

  get delayMs(): number {
    return (this.speaker.delaySamples * 1000) / SAMPLE_RATE;
  }

  #hear(sequence: number): void {
    this.newest = sequence;
    const timestamp = sequence * FRAME_SAMPLES;
    if (this.#ages.isTooOld(1, timestamp, this.#tick * MS_PER_TICK)) return;
    this.speaker.put(frame(sequence, tonePayload(sequence), { timestamp }));
    this.speaker.fill(MARGIN);
  }

  decode(payload: Uint8Array): Float32Array {
    this.decoded.push(sequenceOf(payload));
    return toneOf(payload);
  }

  recover(following: Uint8Array): Float32Array {
    return tone((sequenceOf(following) - 1) * FRAME_SAMPLES, FRAME_SAMPLES);
  }

  conceal(samples: number): Float32Array {
    return new Float32Array(samples);
  }

  free(): void {}
}

const STALL = Math.round(2_000 / MS_PER_TICK);
/** Frames of half a second, which is older than what is ever played. */
const HELD = 25;

describe('after a worker stood still for two seconds', () => {
  it.each(['frames', 'ticks', 'turns'] as const)(
    'onlyTheNewestIsDecodedAndNoDelayStays: %s first',
    (order) => {
      const worker = new Worker();
      worker.run(1_000, 0, order);
      const before = worker.delayMs;
      worker.decoded.length = 0;
      worker.run(STALL + 40, STALL, order);
      const { newest } = worker;
      const since = Math.round((40 * MS_PER_TICK) / 20);
      expect(Math.min(...worker.decoded)).toBeGreaterThanOrEqual(newest - since - HELD);
      expect(worker.decoded.length).toBeLessThanOrEqual(since + HELD);
      expect(worker.delayMs).toBeLessThan(150);
      worker.run(1_000, 0, order);
      expect(worker.delayMs).toBeLessThan(before + 30);
    },
  );
});
