import { beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../media/opus';
import { NO_SOUND } from '../media/playout/playout';
import { CallFigures } from './figures';

describe('figures of a call', () => {
  let now: number;
  let figures: CallFigures;
  beforeEach(() => {
    now = 5_000;
    figures = new CallFigures(() => now);
  });

  /** Frames of one speaker, each of them so late, in milliseconds. */
  function frames(participant: number, ...late: number[]): void {
    late.forEach((milliseconds, index) => {
      now = 5_000 + index * 20 + milliseconds;
      figures.noteFrame(participant, (index * 20 * SAMPLE_RATE) / 1_000);
    });
  }

  it('areRatesOfTheTimeSinceTheLastOnes', () => {
    figures.noteReceived(500);
    figures.noteSent(250, true);
    figures.noteSent(250, false);
    now += 2_000;
    expect(figures.take(NO_SOUND, false)).toMatchObject({
      kilobitsIn: 2,
      kilobitsOut: 1,
      sent: 1,
      unsent: 1,
    });
    now += 1_000;
    expect(figures.take(NO_SOUND, false)).toMatchObject({
      kilobitsIn: 0,
      kilobitsOut: 0,
      sent: 1,
      unsent: 1,
    });
  });

  it('tellLossAndConcealmentOfTheLastSecond', () => {
    const first = { ...NO_SOUND, received: 100, lost: 50, played: 100, concealed: 50 };
    expect(figures.take(first, true)).toMatchObject({ lossPercent: 0, concealedPercent: 0, shared: true });
    const second = { ...first, received: 190, lost: 60, played: 200, concealed: 55 };
    expect(figures.take(second, true)).toMatchObject({ lossPercent: 10, concealedPercent: 5 });
  });

  it('knowJitterOfWhomeverItIsMostFor', () => {
    frames(1, 0, 0, 0, 0);
    expect(figures.take(NO_SOUND, false).jitterMs).toBe(0);
    frames(2, 0, 16, 0, 16);
    expect(figures.take(NO_SOUND, false).jitterMs).toBeCloseTo(2.82, 1);
    figures.forget(2);
    expect(figures.take(NO_SOUND, false).jitterMs).toBe(0);
  });

  it('takeAPauseForNoJitter', () => {
    frames(1, 0, 0, 700, 700);
    expect(figures.take(NO_SOUND, false).jitterMs).toBe(0);
  });

  it('tellOnceWhatCouldNotBeSent', () => {
    figures.noteSent(1, false);
    figures.noteSent(1, false);
    expect([figures.takeUnsent(), figures.takeUnsent()]).toEqual([2, 0]);
  });
});
