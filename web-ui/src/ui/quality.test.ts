import { describe, expect, it } from 'vitest';
import type { Figures, SessionState } from '../client';
import { qualityOf } from './quality';
import { NOTHING_YET, type RoomView } from './room-view';

const CONNECTED: SessionState = {
  phase: 'connected',
  transport: 'webtransport',
  obstacle: null,
  edge: 'a',
  suspect: false,
  whole: true,
};

function view(roundTrip: number | null, losses: readonly number[], concealedPercent = 0): RoomView {
  const moments = losses.map((lossPercent) => ({
    roundTrip,
    figures: { lossPercent, concealedPercent } as Figures,
  }));
  return { ...NOTHING_YET, state: CONNECTED, roundTrip, moments };
}

describe('the quality of a connection', () => {
  it('isGoodUntilSomethingSaysOtherwise', () => {
    expect(qualityOf(view(null, []))).toBe('good');
    expect(qualityOf(view(40, [0, 0.5, 0]))).toBe('good');
  });

  it('isToldByDelayByLossAndByWhatHadToBeGuessed', () => {
    expect(qualityOf(view(300, [0]))).toBe('fair');
    expect(qualityOf(view(600, [0]))).toBe('weak');
    expect(qualityOf(view(40, [3, 3]))).toBe('fair');
    expect(qualityOf(view(40, [20, 20]))).toBe('weak');
    expect(qualityOf(view(40, [0, 0], 9))).toBe('weak');
  });

  it('looksAtTheLastSecondsAndIsNotFrightenedByOne', () => {
    expect(qualityOf(view(40, [100, 0, 0, 0, 0, 0]))).toBe('good');
    expect(qualityOf(view(40, [0, 0, 0, 0, 5]))).toBe('good');
  });

  it('isLostWithoutAConnection', () => {
    expect(qualityOf(NOTHING_YET)).toBe('lost');
    expect(qualityOf({ ...view(10, []), state: { ...CONNECTED, suspect: true } })).toBe('lost');
    const waiting: SessionState = {
      phase: 'waiting',
      wait: 1,
      failure: { kind: 'ending', ending: 'shutdown' },
    };
    expect(qualityOf({ ...view(10, []), state: waiting })).toBe('lost');
  });
});
