import { describe, expect, it } from 'vitest';
import type { Presence } from '../../client';
import { Spotlight } from './spotlight';

const YOU = 1;

function people(count: number): Presence[] {
  return Array.from({ length: count }, (_, index) => ({ number: index + 1 }) as Presence);
}

function numbers(pages: readonly (readonly Presence[])[]): number[][] {
  return pages.map((page) => page.map(({ number }) => number));
}

describe('the spotlight', () => {
  it('leavesEverybodyInOrderWhereTheStageHasRoom', () => {
    const spotlight = new Spotlight();
    spotlight.hear([3]);
    expect(numbers(spotlight.pages(people(3), YOU, [2], 4))).toEqual([[1, 2, 3]]);
  });

  it('seatsOneselfThenHandsThenWhoSpokeLast', () => {
    const spotlight = new Spotlight();
    spotlight.hear([8]);
    spotlight.hear([9]);
    expect(numbers(spotlight.pages(people(10), YOU, [7, 5], 4))).toEqual([
      [1, 7, 5, 9],
      [2, 3, 4, 6],
      [8, 10],
    ]);
  });

  it('keepsEverybodyWhoStaysInTheSamePlace', () => {
    const spotlight = new Spotlight();
    expect(numbers(spotlight.pages(people(10), YOU, [], 4))[0]).toEqual([1, 2, 3, 4]);
    expect(spotlight.hear([3, 4])).toBe(false);
    expect(spotlight.hear([9])).toBe(true);
    expect(numbers(spotlight.pages(people(10), YOU, [], 4))[0]).toEqual([1, 9, 3, 4]);
  });

  it('leavesRoomForSpeakersWhenManyHandsAreUp', () => {
    const spotlight = new Spotlight();
    spotlight.hear([20]);
    const [stage] = numbers(spotlight.pages(people(20), YOU, [10, 11, 12, 13, 14, 15, 16], 6));
    expect(stage).toEqual([1, 10, 11, 20, 2, 3]);
  });

  it('showsEverybodyOnceOnSomePageAlsoWhenTheStageShrinks', () => {
    const spotlight = new Spotlight();
    for (const capacity of [12, 3, 1, 7]) {
      spotlight.hear([capacity, 30]);
      const all = numbers(spotlight.pages(people(40), YOU, [9], capacity));
      expect(all[0]).toHaveLength(capacity);
      expect(all.flat().sort((one, other) => one - other)).toEqual(people(40).map(({ number }) => number));
    }
  });

  it('forgetsWhoIsGone', () => {
    const spotlight = new Spotlight();
    spotlight.hear([5]);
    expect(numbers(spotlight.pages(people(4), YOU, [5], 2))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(spotlight.hear([2])).toBe(false);
  });
});
