import { describe, expect, it } from 'vitest';
import { avatarColour, initials } from './avatar';

describe('an avatar', () => {
  it('hasTheSameColourForTheSameUser', () => {
    expect(avatarColour('ann')).toBe(avatarColour('ann'));
    expect(avatarColour('')).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('tellsUsersWithShortAndAlikeIdsApart', () => {
    const users = Array.from({ length: 100 }, (_, index) => `user-${index}`);
    const counts = new Map<string, number>();
    for (const colour of users.map(avatarColour)) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    expect(counts.size).toBe(10);
    expect(Math.max(...counts.values())).toBeLessThan(25);
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
