import { beforeEach, describe, expect, it } from 'vitest';
import { generator } from '../../testing/random';
import { FRAME_SAMPLES } from '../opus';
import { FrameAges } from './frame-ages';

describe('the ages of frames', () => {
  let ages: FrameAges;
  /** Sequences that were too old. */
  let old: number[];
  /** What the speaker's clock is ahead of its sequences. */
  let clock: number;
  beforeEach(() => {
    ages = new FrameAges();
    old = [];
    clock = 0;
  });

  /** A frame of 20 ms comes so late. */
  function come(sequence: number, delay: number): void {
    const timestamp = (sequence * FRAME_SAMPLES + clock) >>> 0;
    if (ages.isTooOld(1, timestamp, sequence * 20 + delay)) old.push(sequence);
  }

  /** These frames come at once, at the end of a stall. */
  function flood(from: number, to: number, times = 1): void {
    for (let sequence = from; sequence < to; sequence++)
      for (let n = 0; n < times; n++) come(sequence, (to - sequence) * 20);
  }

  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

  it('areTooHighForWhatAStallHeldUp', () => {
    for (let n = 0; n < 100; n++) come(n, 30);
    flood(100, 200);
    for (let n = 200; n < 300; n++) come(n, 30);
    expect(old).toEqual(range(100, 174));
  });

  it('areJudgedAlikeWhenEverythingComesTwice', () => {
    for (let n = 0; n < 100; n++) come(n, 30);
    flood(100, 200, 2);
    expect(new Set(old)).toEqual(new Set(range(100, 174)));
  });

  it('costOneFrameWhereTheWayHasBecomeLonger', () => {
    for (let n = 0; n < 100; n++) come(n, 30);
    for (let n = 100; n < 300; n++) come(n, 900);
    expect(old).toEqual([100]);
  });

  it('costFewFramesWhereTheWayBecomesLongerAndLonger', () => {
    const random = generator(5);
    for (let n = 0; n < 500; n++) come(n, Math.max(30, (n - 100) * 10) + random(20));
    expect(old.length).toBeLessThan(25);
  });

  it('costOneFrameWhereTheClockOfTheSpeakerJumps', () => {
    for (let n = 0; n < 100; n++) come(n, 30);
    clock = 5_000_000;
    for (let n = 100; n < 200; n++) come(n, 30);
    clock = -5_000_000;
    for (let n = 200; n < 300; n++) come(n, 30);
    expect(old).toEqual([200]);
  });

  it('doNotGrowByClocksThatDriftNorAtTheWrapOfTimestamps', () => {
    clock = 2 ** 32 - 50 * FRAME_SAMPLES;
    for (let n = 0; n < 180_000; n++) come(n, 30 + n * 0.004);
    expect(old).toEqual([]);
    flood(180_000, 180_200);
    // The clock is 720 ms late by now, the half second is counted from there.
    expect(old).toEqual(range(180_000, 180_138));
  });

  it('areForgottenWithTheirSpeaker', () => {
    come(0, 30);
    ages.forget(1);
    come(1, 5_000);
    ages.forget();
    come(2, 10_000);
    expect(old).toEqual([]);
  });
});
