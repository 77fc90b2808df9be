import { expect, it } from 'vitest';
import { Backoff } from './backoff';

it('backoffDoublesFrom0.3To10Seconds', () => {
  const backoff = new Backoff(() => 1);
  expect(Array.from({ length: 8 }, () => backoff.next())).toEqual([
    300, 600, 1200, 2400, 4800, 9600, 10_000, 10_000,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(300);
});

it('backoffSpreadsTriesButNeverBelowTheFirst', () => {
  const backoff = new Backoff(() => 0);
  expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([300, 300, 600]);
});

it('backoffLetsTheFirstTryGoAtOnceWhereThereIsAnotherWay', () => {
  const backoff = new Backoff(() => 1);
  expect([backoff.eager(), backoff.eager(), backoff.eager()]).toEqual([0, 600, 1200]);
});

it('backoffPausesWhenTheEdgeLimitsUs', () => {
  expect(new Backoff(() => 0).next(true)).toBeGreaterThan(5000);
});
