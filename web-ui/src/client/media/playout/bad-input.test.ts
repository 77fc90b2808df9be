import { Application, createEncoder } from 'libopus-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { generator } from '../../testing/random';
import { type Speech, speech } from '../../testing/speech';
import { voice } from '../../testing/voice';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../opus';
import { createDecoder } from './decoder';
import { Playout, type PlayoutStats } from './playout';
import { RINGS_BYTES, Rings, TICK_SAMPLES } from './ring';
import { RingVoice } from './ring-voice';

/** Four seconds. */
const FRAMES = 200;
const TICKS = Math.floor((FRAMES * FRAME_SAMPLES) / TICK_SAMPLES);

interface Sent {
  readonly sequence: number;
  readonly payload: Uint8Array;
}

interface Outcome {
  /** Each of the three by themselves. */
  readonly heard: readonly [Float32Array, Float32Array, Float32Array];
  readonly stats: PlayoutStats;
}

let said: Speech;
/** When all three behave. */
let usual: Outcome;

const payloadOf = (n: number): Uint8Array => said.payloads[n] ?? new Uint8Array();
const asUsual = (n: number): Sent[] => [{ sequence: n, payload: payloadOf(n) }];

/** Three who speak, of whom the second sends what the test says each 20 ms. */
async function hear(second: (n: number) => Sent[]): Promise<Outcome> {
  const memory = new SharedArrayBuffer(RINGS_BYTES);
  const voices = [0, 1, 2].map((slot) => new RingVoice(new Rings(memory), slot));
  const { port1, port2 } = new MessageChannel();
  const playout = new Playout(port1, memory);
  const silence = (): Float32Array => new Float32Array(TICKS * TICK_SAMPLES);
  const heard = [silence(), silence(), silence()] as const;
  let next = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    for (; next * FRAME_SAMPLES < (tick + 1) * TICK_SAMPLES; next++) {
      [asUsual, second, asUsual].forEach((sends, participant) => put(playout, participant, sends(next)));
      // Their decoders are there before one that is asked for later.
      if (next === 0) (await createDecoder()).free();
    }
    heard.forEach((samples, slot) =>
      voices[slot]?.addTo(
        samples.subarray(tick * TICK_SAMPLES, (tick + 1) * TICK_SAMPLES),
        new Float32Array(TICK_SAMPLES),
      ),
    );
    port1.onmessage?.(new MessageEvent('message', { data: null }));
  }
  port1.close();
  port2.close();
  return { heard, stats: playout.stats() };
}

function put(playout: Playout, participant: number, frames: Sent[]): void {
  for (const { sequence, payload } of frames) {
    const level = { voice: true, dbov: 20 };
    playout.put({
      encrypted: false,
      level,
      participant,
      sequence,
      timestamp: sequence * FRAME_SAMPLES,
      payload,
    });
  }
}

/** The loudest sample of each half second. */
function peaks(samples: Float32Array): number[] {
  const half = SAMPLE_RATE / 2;
  return Array.from({ length: Math.floor(samples.length / half) }, (_, i) =>
    samples.subarray(i * half, (i + 1) * half).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
  );
}

function expectOthersUntouched({ heard, stats }: Outcome): void {
  for (const i of [0, 2] as const)
    expect(heard[i].every((sample, at) => sample === usual.heard[i][at])).toBe(true);
  expect(stats.underruns).toBe(0);
}

/** The voice breathes in the fourth half second of each three. */
function expectHeard({ heard }: Outcome, from = 0): void {
  const wanted = peaks(usual.heard[1]);
  peaks(heard[1]).forEach((peak, i) => {
    if (i >= from && (wanted[i] ?? 0) > 0.1) expect(peak).toBeGreaterThan(0.1);
  });
}

beforeAll(async () => {
  said = await speech(FRAMES, { bitrate: 32_000, expectedLoss: 10 });
  usual = await hear(asUsual);
});

describe('a speaker who sends', () => {
  const random = generator(3);
  const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random(256));
  const ONE_FRAME = 9 << 3;
  const tooLong = (): Uint8Array => Uint8Array.of(ONE_FRAME, ...noise(1276 + random(300)));

  it.each([
    { what: 'no bytes', payload: () => new Uint8Array() },
    { what: 'more bytes than a frame can have', payload: tooLong },
    { what: 'less than its header says', payload: () => Uint8Array.of(ONE_FRAME | 3, 0x3f) },
  ])('isSilentAndCountedAlone: $what', async ({ payload }) => {
    const outcome = await hear((n) => [{ sequence: n, payload: payload() }]);
    expect(outcome.stats.broken).toBeGreaterThan(FRAMES / 2);
    expect(Math.max(...peaks(outcome.heard[1]))).toBe(0);
    expectOthersUntouched(outcome);
  });

  it('noiseIsNeverLouderThanASpeakerMayBe', async () => {
    const outcome = await hear((n) => [{ sequence: n, payload: noise(1 + random(n % 2 ? 4 : 1184)) }]);
    expect(outcome.stats.broken).toBeGreaterThan(FRAMES / 10);
    expect(Math.max(...peaks(outcome.heard[1]))).toBeLessThan(2.5);
    expectOthersUntouched(outcome);
  });

  it('noiseAmongSpeechIsHeardAgainAfterIt', async () => {
    const outcome = await hear((n) => [
      { sequence: n, payload: n > 20 && n < 100 ? noise(80) : payloadOf(n) },
    ]);
    expect(outcome.stats.broken).toBeGreaterThan(5);
    expectHeard(outcome, 5);
    expectOthersUntouched(outcome);
  });

  it('framesOfEveryLengthIsHeard', async () => {
    const frames = await framesOfEveryLength();
    const outcome = await hear((n) => frames[n] ?? []);
    expect(outcome.stats).toMatchObject({ broken: 0, lost: 0, late: 0 });
    expectHeard(outcome);
    expectOthersUntouched(outcome);
  });

  it('nowStereoNowMonoIsHeard', async () => {
    const stereo = await createEncoder({
      channels: 2,
      sampleRate: SAMPLE_RATE,
      application: Application.Audio,
    });
    const samples = voice(FRAMES);
    const outcome = await hear((n) => {
      const from = n * FRAME_SAMPLES;
      const both = Float32Array.from({ length: 2 * FRAME_SAMPLES }, (_, i) => samples[from + (i >> 1)] ?? 0);
      return [{ sequence: n, payload: n % 20 < 10 ? stereo.encodeFloat(both) : payloadOf(n) }];
    });
    expect(outcome.stats).toMatchObject({ broken: 0, lost: 0 });
    expectHeard(outcome);
    expectOthersUntouched(outcome);
  });

  it('sequencesFromTheOtherEndOfTheirRangeIsHeard', async () => {
    const outcome = await hear((n) => [
      {
        sequence: (n + (n < 60 || n >= 120 ? 0 : 2 ** 31)) >>> 0,
        payload: payloadOf(n),
      },
    ]);
    expect(outcome.stats).toMatchObject({ received: 3 * FRAMES, broken: 0, lost: 0 });
    expectHeard(outcome);
    expectOthersUntouched(outcome);
  });

  it('sequencesThatMeanNothingIsSilentAlone', async () => {
    const outcome = await hear((n) => [{ sequence: (n * 2 ** 31 + n) >>> 0, payload: payloadOf(n) }]);
    expect(Math.max(...peaks(outcome.heard[1]))).toBe(0);
    expectOthersUntouched(outcome);
  });
});

/**
 * By the 20 ms in which they are sent: from 2.5 to 60 ms, then two frames in one payload, half a second of
 * each.
 */
async function framesOfEveryLength(): Promise<Sent[][]> {
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: SAMPLE_RATE,
    application: Application.Audio,
  });
  const samples = voice(FRAMES);
  const sent: Sent[][] = Array.from({ length: FRAMES }, () => []);
  let sequence = 0;
  let at = 0;
  const encode = (size: number): Uint8Array => {
    const payload = encoder.encodeFloat(samples.subarray(at, at + size), { frameSize: size });
    at += size;
    return payload;
  };
  for (const size of [120, 240, 480, 960, 1920, 2880, 960]) {
    const pairs = at > 0 && size === 960 && sequence > 300;
    for (const end = at + 23_040; at < end; ) {
      const payload = pairs ? pair(encode(size), encode(size)) : encode(size);
      sent[Math.ceil(at / FRAME_SAMPLES) - 1]?.push({ sequence: sequence++, payload });
    }
  }
  return sent;
}

/** Two frames of one kind in one payload (RFC 6716 section 3.2.4). */
function pair(first: Uint8Array, second: Uint8Array): Uint8Array {
  expect(second[0]).toBe(first[0]);
  const length = first.length - 1;
  const low = 252 + (length & 3);
  const size = length < 252 ? [length] : [low, (length - low) >> 2];
  return Uint8Array.of((first[0] ?? 0) | 2, ...size, ...first.subarray(1), ...second.subarray(1));
}
