import { describe, expect, it } from 'vitest';
import { Assembler } from './assembler';
import type { Decoder } from './decoder';
import { Limiter } from './limiter';
import { CAPACITY, Rings, RINGS_BYTES, TICK_SAMPLES } from './ring';
import { RingVoice } from './ring-voice';
import { Speaker } from './speaker';
import { Stretcher } from './stretch';

const sine = (from: number, count: number, hertz = 440): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * (from + i)) / 48_000));

/** The largest step between neighbours: a click shows as one far above the tone's own. */
function steepest(samples: readonly number[]): number {
  let most = 0;
  for (let i = 1; i < samples.length; i++) most = Math.max(most, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)));
  return most;
}
const TONE_STEP = 0.5 * ((2 * Math.PI * 440) / 48_000) * 1.05;

describe('a stretcher', () => {
  it('copiesFramesThatKeepTheirLength', () => {
    const stretcher = new Stretcher();
    const out = [...stretcher.process(sine(0, 960), 960), ...stretcher.process(sine(960, 960), 960)];
    expect(out.slice(2)).toEqual([...sine(0, 1918)]);
  });

  it('changesLengthWithoutASeam', () => {
    const stretcher = new Stretcher();
    const out: number[] = [];
    [960, 941, 979, 960, 979, 979, 941].forEach((samples, n) => {
      const stretched = stretcher.process(sine(n * 960, 960), samples);
      expect(stretched).toHaveLength(samples);
      out.push(...stretched);
    });
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.02);
  });
});

describe('a limiter', () => {
  it('leavesQuietMixesAlone', () => {
    const block = sine(0, 128);
    new Limiter().process(block);
    expect(block).toEqual(sine(0, 128));
  });

  it('keepsLoudMixesInsideTheRangeAndComesBack', () => {
    const limiter = new Limiter();
    for (let n = 0; n < 100; n++) {
      const block = sine(n * 128, 128).map((sample) => sample * 8);
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
      rings.write(3, sine(n * 1000, 1000));
      expect(rings.level(3)).toBe(1000);
      expect(rings.read(3, into)).toBe(1000);
      expect(into).toEqual(sine(n * 1000, 1000));
    }
    expect(rings.read(3, into)).toBe(0);
    expect(rings.level(4)).toBe(0);
  });

  it('cutWhatDoesNotFit', () => {
    const rings = new Rings(new ArrayBuffer(RINGS_BYTES));
    for (let n = 0; n < 20; n++) rings.write(0, sine(0, 960));
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

/** Decodes a payload to the piece of one endless tone that its sequence stands for. */
class ToneDecoder implements Decoder {
  #at = 0;

  decode(payload: Uint8Array): Float32Array {
    if (payload[3] === 1) throw new Error('not Opus');
    const sequence = (payload[1] ?? 0) + ((payload[2] ?? 0) << 8);
    this.#at = (sequence + 1) * 960;
    return sine(sequence * 960, 960);
  }

  recover(following: Uint8Array): Float32Array {
    const sequence = (following[1] ?? 0) + ((following[2] ?? 0) << 8);
    return sine((sequence - 1) * 960, 960);
  }

  conceal(samples: number): Float32Array {
    this.#at += samples;
    return sine(this.#at - samples, samples);
  }

  free(): void {}
}

/** A speaker and the voice of its ring, on a clock of ticks; gives back all that is heard. */
function play(
  ticks: number, arrivals: (tick: number) => number[], bad: (n: number) => boolean = () => false,
): number[] {
  const rings = new Rings(new ArrayBuffer(RINGS_BYTES));
  const voice = new RingVoice(rings, 0);
  const out: number[] = [];
  const outlet = { level: () => rings.level(0), write: (samples: Float32Array) => rings.write(0, samples) };
  const speaker = new Speaker(outlet, TICK_SAMPLES);
  speaker.equip(new ToneDecoder());
  for (let tick = 0; tick < ticks; tick++) {
    for (const n of arrivals(tick)) speaker.put(n, Uint8Array.of(9 << 3, n & 255, n >> 8, bad(n) ? 1 : 0), 30);
    const mix = new Float32Array(TICK_SAMPLES);
    voice.addTo(mix, new Float32Array(TICK_SAMPLES));
    out.push(...mix);
    speaker.tick(384);
  }
  return out;
}

const onTime = (tick: number): number[] => {
  const before = Math.ceil((tick * TICK_SAMPLES) / 960);
  const after = Math.ceil(((tick + 1) * TICK_SAMPLES) / 960);
  return Array.from({ length: after - before }, (_, i) => before + i);
};

describe('a speaker', () => {
  it('playsATonePerfectlyOnALossFreeNetwork', () => {
    const out = play(1000, onTime);
    expect(out.length).toBeGreaterThan(990 * TICK_SAMPLES);
    expect(steepest(out)).toBeLessThan(TONE_STEP);
  });

  it('playsThroughSingleLossesWithoutAClick', () => {
    const out = play(1000, (tick) => onTime(tick).filter((n) => n % 25 !== 24));
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.05);
  });

  it('concealsWhatTheDecoderRefuses', () => {
    const out = play(1000, onTime, (n) => n % 50 === 49);
    expect(steepest(out)).toBeLessThan(TONE_STEP * 1.05);
  });

  it('leavesOutTheBacklogOfAStallWithoutAClick', () => {
    const held: number[] = [];
    const out = play(1500, (tick) => {
      if (tick > 300 && tick < 600) held.push(...onTime(tick));
      else return tick === 600 ? [...held, ...onTime(tick)] : onTime(tick);
      return [];
    });
    // Bridging blends two phases of the tone, which may be steeper than the tone, but is no jump.
    expect(steepest(out)).toBeLessThan(TONE_STEP * 2);
  });
});
