import { describe, expect, it } from 'vitest';
import { MEMORY, Repetitions } from './repetitions';

describe('repetitions', () => {
  it('areLinesOfOneUserWithOneId', () => {
    const repetitions = new Repetitions();
    const heard = [
      ['ann', 5],
      ['ann', 5],
      ['bea', 5],
      ['ann', 6],
      ['ann', 0],
      ['ann', 0],
    ] as const;
    expect(heard.map(([user, id]) => repetitions.isRepeated(user, id))).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('areForgottenTheOldestFirst', () => {
    const repetitions = new Repetitions();
    for (let id = 1; id <= MEMORY + 1; id++) repetitions.isRepeated('ann', id);
    expect(repetitions.isRepeated('ann', 2)).toBe(true);
    expect(repetitions.isRepeated('ann', 1)).toBe(false);
  });
});
