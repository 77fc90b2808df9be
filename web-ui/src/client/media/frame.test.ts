import { describe, expect, it } from 'vitest';
import { generator } from '../testing/random';
import { type Frame, MAX_BUNDLE_BYTES, readBundle, writeBundle } from './frame';
import { levelOf, loudness } from './level';
import { payloadSamples } from './opus';

const frame = (over: Partial<Frame> = {}): Frame => ({
  encrypted: false,
  level: { voice: true, dbov: 30 },
  participant: 1,
  sequence: 2,
  timestamp: 960,
  payload: Uint8Array.of(0x48, 1, 2),
  ...over,
});

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly frames: readonly (Omit<Frame, 'payload'> & { readonly payloadHex: string })[];
  readonly error: string | null;
}

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));

describe('bundles', () => {
  it('keepEveryFieldThereAndBack', () => {
    const frames = [
      frame(),
      frame({
        encrypted: true,
        level: { voice: false, dbov: 127 },
        participant: 0xffffffff,
        sequence: 0xfffffffe,
        timestamp: 0x80000000,
        payload: new Uint8Array(300).fill(7),
      }),
    ];
    const bundle = writeBundle(frames);
    expect(bundle?.byteLength).toBe(16 + 3 + 16 + 300);
    expect(readBundle(bundle as Uint8Array)).toEqual({ frames, error: null });
  });

  it('areRefusedWhenTooLongOrEmpty', () => {
    expect(writeBundle([])).toBeNull();
    expect(writeBundle([frame({ payload: new Uint8Array(0) })])).toBeNull();
    expect(writeBundle([frame({ payload: new Uint8Array(1185) })])).toBeNull();
    expect(writeBundle([frame({ payload: new Uint8Array(1184) })])?.byteLength).toBe(MAX_BUNDLE_BYTES);
    expect(writeBundle([frame({ payload: new Uint8Array(1184) }), frame()])).toBeNull();
  });

  it('areReadUpToTheFirstFault', () => {
    const good = writeBundle([frame()]) as Uint8Array;
    const with2nd = (second: number[]): Uint8Array => Uint8Array.from([...good, ...second]);
    const header = (first: number, length: number): number[] => [
      first,
      0,
      length >> 8,
      length & 255,
      ...new Array<number>(12).fill(0),
    ];
    expect(readBundle(with2nd([...header(0x80, 1), 9])).error).toBe('version');
    expect(readBundle(with2nd(header(0x40, 0))).error).toBe('length');
    expect(readBundle(with2nd([...header(0x40, 2), 9])).error).toBe('truncated');
    expect(readBundle(with2nd([0x40, 0])).error).toBe('truncated');
    expect(readBundle(with2nd([...header(0x40, 0)])).frames).toHaveLength(1);
    expect(readBundle(new Uint8Array(0))).toEqual({ frames: [], error: null });
  });

  it('skipReservedKindsAndIgnoreReservedFlags', () => {
    const bundle = writeBundle([frame(), frame({ sequence: 3 })]) as Uint8Array;
    bundle[0] = 0x40 | 0x10;
    bundle[19] = 0x40 | 0x0e;
    const walk = readBundle(bundle);
    expect(walk.error).toBeNull();
    expect(walk.frames.map((each) => [each.sequence, each.encrypted])).toEqual([[3, false]]);
  });

  it('neverThrowWhateverArrives', () => {
    const random = generator(1);
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from({ length: random(80) }, () => random(256));
      if (bytes.length > 0 && random(4) > 0) bytes[0] = 0x40 | (random(4) << 4);
      if (bytes.length > 3 && random(4) > 0) bytes.set([0, random(40)], 2);
      const { frames } = readBundle(bytes);
      for (const { payload } of frames) expect(payload.byteLength).toBeGreaterThan(0);
    }
    expect(readBundle(new Uint8Array(100_000).fill(0x41)).error).toBe('length');
  });

  it('areReadAsTheGoldenVectorsSay', () => {
    const files = import.meta.glob<{ vectors: Vector[] }>(
      '../../../../protocol/src/test/resources/golden/frames.json',
      { eager: true, import: 'default' },
    );
    for (const vector of Object.values(files).flatMap((file) => file.vectors)) {
      const walk = readBundle(fromHex(vector.hex));
      const expected = vector.frames.map(({ payloadHex, ...rest }) => ({
        ...rest,
        payload: fromHex(payloadHex),
      }));
      expect(walk.frames, vector.name).toEqual(expected);
      expect(walk.error, vector.name).toBe(vector.error ?? null);
    }
  });
});

describe('levels', () => {
  it('areDecibelsBelowFullScale', () => {
    expect(levelOf(new Float32Array(960))).toEqual({ voice: false, dbov: 127 });
    expect(levelOf(new Float32Array(960).fill(1))).toEqual({ voice: true, dbov: 0 });
    expect(levelOf(new Float32Array(960).fill(0.1))).toEqual({ voice: true, dbov: 20 });
    expect(levelOf(new Float32Array(960).fill(0.001))).toEqual({ voice: false, dbov: 60 });
    expect(loudness(127)).toBe(0);
    expect(loudness(0)).toBe(1);
  });
});

describe('payload durations', () => {
  it('comeFromTheTableOfContents', () => {
    expect(payloadSamples(Uint8Array.of(9 << 3))).toBe(960);
    expect(payloadSamples(Uint8Array.of(15 << 3))).toBe(960);
    expect(payloadSamples(Uint8Array.of(16 << 3))).toBe(120);
    expect(payloadSamples(Uint8Array.of((3 << 3) | 1))).toBe(5760);
    expect(payloadSamples(Uint8Array.of((19 << 3) | 3, 2))).toBe(1920);
    expect(payloadSamples(Uint8Array.of((19 << 3) | 3, 0))).toBe(960);
  });
});
