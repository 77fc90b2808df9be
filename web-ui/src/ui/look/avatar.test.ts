import { describe, expect, it } from 'vitest';
import { avatarColour, initials } from './avatar';

describe('an avatar', () => {
  it('hasTheSameColourForTheSameParticipant', () => {
    expect(avatarColour(7)).toBe(avatarColour(7));
    expect(avatarColour(0)).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('usesAllColoursAboutAsOften', () => {
    const counts = new Map<string, number>();
    for (let number = 0; number < 1000; number++) {
      const colour = avatarColour((number * 2654435761) >>> 0);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    expect(Math.max(...counts.values())).toBeLessThan(200);
  });

  it('tellsNumberedNamesApart', () => {
    expect(['listener-1', 'listener-10', 'Desk 4711'].map(initials)).toEqual(['L1', 'L10', 'D711']);
  });

  it('hasTheFirstLettersOfTheFirstAndTheLastWord', () => {
    const names = [
      'Ada',
      'Jean-Baptiste Joseph Fourier',
      'grace_hopper',
      '  ',
      '??',
      '9 lives',
      'ß',
      '🙂 Zoë',
      '',
    ];
    expect(names.map(initials)).toEqual(['A', 'JF', 'GH', '?', '?', '9L', 'SS', 'Z', '?']);
  });
});
