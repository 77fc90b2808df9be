import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gathering } from './gathering';

describe('who comes and goes', () => {
  const told: string[] = [];
  let gathering: Gathering;

  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    gathering = new Gathering(({ kind, names }) => told.push(`${kind} ${names.join(' ')}`));
  });
  afterEach(() => void vi.useRealTimers());

  it('isToldAtOnceWhenNothingElseWas', () => {
    gathering.take('came', 'Ann');
    expect(told).toEqual(['came Ann']);
    vi.advanceTimersByTime(5_000);
    gathering.take('went', 'Ann');
    expect(told).toEqual(['came Ann', 'went Ann']);
  });

  it('isSummedUpWhenManyFollow', () => {
    for (const name of ['A', 'B', 'C']) gathering.take('came', name);
    gathering.take('went', 'A');
    expect(told).toEqual(['came A']);
    vi.advanceTimersByTime(3_000);
    expect(told).toEqual(['came A', 'came B C', 'went A']);
    gathering.take('came', 'D');
    expect(told).toHaveLength(3);
    vi.advanceTimersByTime(3_000);
    expect(told.at(-1)).toBe('came D');
  });

  it('isForgottenAtTheEnd', () => {
    for (const name of ['A', 'B']) gathering.take('came', name);
    gathering.clear();
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(['came A']);
  });
});
