import { describe, expect, it } from 'vitest';
import { onTime, play, sequenceOf, steepest, TONE_STEP, tone, toneOf } from '../../testing/tone';
import { Assembler } from '../capture/assembler';
import type { Decoder } from './decoder';
import { Limiter } from './limiter';
import { CAPACITY, RINGS_BYTES, Rings, TICK_SAMPLES } from './ring';
import { Stretcher } from './stretch';

describe('a stretcher', () => {
  it('copiesFramesThatKeepTheirLength', () => {
    const stretcher = new Stretcher();
    const out = [...stretcher.process(tone(0, 960), 960), ...stretcher.process(tone(960, 960), 960)];
    expect(out.slice(2)).toEqual([...tone(0, 1918)]);
  });

  it('changesLengthWithoutASeam', () => {
    const stretcher = new Stretcher();
    const out: number[] = [];
    [960, 941, 979, 960, 979, 979, 941].forEach((samples, n) => {
      const stretched = stretcher.process(tone(n * 960, 960), samples);
      expect(stretched).toHaveLength(samples);
      out.push(...stretched);
    });
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.02);
  });
});

describe('a limiter', () => {
  it('leavesQuietMixesAlone', () => {
    const block = tone(0, 128);
    new Limiter().process(block);
    expect(block).toEqual(tone(0, 128));
  });

  it('keepsLoudMixesInsideTheRangeAndComesBack', () => {
    const limiter = new Limiter();
    for (let n = 0; n < 100; n++) {
      const block = tone(n * 128, 128).map((sample) => sample * 8);
      limiter.process(block);
      expect(Math.max(...block.map(Math.abs))).toBeLessThanOrEqual(1);
    }
    let last = new Float32Array(128);
    for (let n = 0; n < 3000; n++) {
      last = new Float32Array(128).fill(0.5);
      limiter.process(last);
    }
    expect(last[127]).toBeCloseTo(0.5, 3);
  });
});

describe('rings', () => {
  it('giveBackWhatWasWrittenAcrossTheirEnd', () => {
    const rings = new Rings(new ArrayBuffer(RINGS_BYTES));
    const into = new Float32Array(1000);
    for (let n = 0; n < 50; n++) {
      rings.write(3, tone(n * 1000, 1000));
      expect(rings.level(3)).toBe(1000);
      expect(rings.read(3, into)).toBe(1000);
      expect(into).toEqual(tone(n * 1000, 1000));
    }
    expect(rings.read(3, into)).toBe(0);
    expect(rings.level(4)).toBe(0);
  });

  it('cutWhatDoesNotFit', () => {
    const rings = new Rings(new ArrayBuffer(RINGS_BYTES));
    for (let n = 0; n < 20; n++) rings.write(0, tone(0, 960));
    expect(rings.level(0)).toBe(CAPACITY);
  });
});

describe('an assembler', () => {
  it('cutsFramesAndStampsThemOnOneClock', () => {
    const stamps: number[] = [];
    const assembler = new Assembler((samples, timestamp) => {
      expect(samples).toHaveLength(960);
      stamps.push(timestamp);
    });
    for (let n = 1; n <= 10; n++) assembler.take(new Float32Array(480), 1000 + n * 10 + (n % 3));
    expect(stamps.map((stamp) => stamp - (stamps[0] ?? 0))).toEqual([0, 960, 1920, 2880, 3840]);
  });

  it('jumpsWhenSamplesWereLost', () => {
    const stamps: number[] = [];
    const assembler = new Assembler((_, timestamp) => stamps.push(timestamp));
    assembler.take(new Float32Array(960), 1000);
    assembler.take(new Float32Array(960), 6000);
    expect((stamps[1] ?? 0) - (stamps[0] ?? 0)).toBe(5 * 48_000);
  });
});

/** Decodes at once, recovers and conceals perfectly. */
class ToneDecoder implements Decoder {
  #next = 0;

  decode(payload: Uint8Array): Float32Array {
    const sound = toneOf(payload);
    this.#next = (sequenceOf(payload) + 1) * 960;
    return sound;
  }

  recover(following: Uint8Array): Float32Array {
    return tone((sequenceOf(following) - 1) * 960, 960);
  }

  conceal(samples: number): Float32Array {
    this.#next += samples;
    return tone(this.#next - samples, samples);
  }

  free(): void {}
}

describe('a speaker', () => {
  it('playsATonePerfectlyOnALossFreeNetwork', async () => {
    const { out } = await play(new ToneDecoder(), 1000, onTime);
    expect(out.length).toBeGreaterThan(990 * TICK_SAMPLES);
    expect(steepest(out)).toBeLessThan(TONE_STEP);
  });

  it('playsThroughSingleLossesWithoutAClick', async () => {
    const { out } = await play(new ToneDecoder(), 1000, (tick) => onTime(tick).filter((n) => n % 25 !== 24));
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.05);
  });

  it('concealsWhatTheDecoderRefuses', async () => {
    const { out } = await play(new ToneDecoder(), 1000, onTime, (n) => n % 50 === 49);
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.05);
  });

  it('leavesOutTheBacklogOfAStallWithoutAClick', async () => {
    const held: number[] = [];
    const { out } = await play(new ToneDecoder(), 1500, (tick) => {
      if (tick > 300 && tick < 600) held.push(...onTime(tick));
      else return tick === 600 ? [...held, ...onTime(tick)] : onTime(tick);
      return [];
    });
    // Bridging blends two phases of the tone, which may be steeper than the tone, but is no jump.
    expect(steepest(out)).toBeLessThan(TONE_STEP * 2);
  });
});
