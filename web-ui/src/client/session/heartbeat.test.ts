import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat';

describe('a heartbeat', () => {
  const times: bigint[] = [];
  const told: string[] = [];
  let watch: Heartbeat;
  const start = (roundTrip: number): void => {
    watch = new Heartbeat(
      {
        ping: (time) => times.push(time),
        suspect: () => told.push('suspect'),
        alive: () => told.push('alive'),
        dead: () => {
          told.push('dead');
          watch.stop();
        },
        steady: () => {},
      },
      roundTrip,
    );
  };
  beforeEach(() => {
    vi.useFakeTimers();
    times.length = told.length = 0;
  });
  afterEach(() => {
    watch.stop();
    vi.useRealTimers();
  });

  it('asksForASignOfLifeAfter300MillisecondsOfSilenceAndNotMoreOften', async () => {
    start(10);
    await vi.advanceTimersByTimeAsync(290);
    expect(times).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(times).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(300);
    expect(times).toHaveLength(3);
  });

  it('suspectsAfter800MillisecondsAndIsGladOfAnySign', async () => {
    start(10);
    await vi.advanceTimersByTimeAsync(790);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(told).toEqual(['suspect']);
    watch.heard();
    expect(told).toEqual(['suspect', 'alive']);
  });

  it('isMorePatientOnALongWay', async () => {
    start(400);
    await vi.advanceTimersByTimeAsync(1450);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual(['suspect']);
  });

  it('followsTheRoundTripsItMeasures', async () => {
    start(10);
    for (let n = 0; n < 20; n++) {
      watch.ping();
      const time = times.at(-1) ?? 0n;
      await vi.advanceTimersByTimeAsync(500);
      watch.heard();
      expect(watch.pong(time)).toBeCloseTo(500, 0);
    }
    await vi.advanceTimersByTimeAsync(1700);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(told).toEqual(['suspect']);
  });

  it('givesUpAfterSixSeconds', async () => {
    start(10);
    await vi.advanceTimersByTimeAsync(6100);
    expect(told).toEqual(['suspect', 'dead']);
  });

  it('doesNotBlameTheEdgeForItsOwnSleep', async () => {
    start(10);
    await vi.advanceTimersByTimeAsync(200);
    const pings = times.length;
    // The clock goes on while no timer fires.
    const slept = performance.now() + 3_600_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => slept);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual([]);
    expect(times).toHaveLength(pings + 1);
    clock.mockRestore();
  });
});
