import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Lane, race } from './race';

const afterwards =
  (milliseconds: number, name: string): Lane<string> =>
  () =>
    new Promise((resolve) => {
      setTimeout(() => resolve(name), milliseconds);
    });
const failing =
  (milliseconds: number): Lane<string> =>
  () =>
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error(`after ${milliseconds}`)), milliseconds);
    });

describe('a race', () => {
  const late: string[] = [];
  let wanted = true;
  const run = (...lanes: Lane<string>[]): Promise<string> =>
    race(
      lanes,
      400,
      () => wanted,
      (each) => late.push(each),
    );
  beforeEach(() => {
    vi.useFakeTimers();
    late.length = 0;
    wanted = true;
  });
  afterEach(() => vi.useRealTimers());

  it('isWonByTheFirstToArriveAndDiscardsTheRest', async () => {
    const winner = run(afterwards(1000, 'slow'), afterwards(100, 'quick'), afterwards(1, 'never begun'));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await winner).toBe('quick');
    expect(late).toEqual(['slow']);
  });

  it('beginsTheNextLaneAtOnceWhenOneFails', async () => {
    const winner = run(failing(10), afterwards(10, 'second'));
    await vi.advanceTimersByTimeAsync(25);
    expect(await winner).toBe('second');
  });

  it('failsWithTheLastWhenAllFail', async () => {
    const result = run(failing(600), failing(20)).catch((cause: Error) => cause.message);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await result).toBe('after 600');
  });

  it('discardsWhatArrivesWhenNobodyWaitsAnyLonger', async () => {
    void run(afterwards(100, 'one'), afterwards(1, 'two'));
    wanted = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(late).toEqual(['one']);
  });
});
