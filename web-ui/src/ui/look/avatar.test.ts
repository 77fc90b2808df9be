import { describe, expect, it } from 'vitest';
import { Colours, initials } from './avatar';

describe('an avatar', () => {
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

describe('colours', () => {
  const crowd = Array.from({ length: 25 }, (_, index) => (index * 2654435761) >>> 0);
  const shownTo = (colours: Colours, numbers: number[]): string[] => numbers.map((each) => colours.of(each));

  it('differAsLongAsThereAreEnough', () => {
    const colours = new Colours();
    colours.keep(crowd.slice(0, 10));
    expect(new Set(shownTo(colours, crowd.slice(0, 10))).size).toBe(10);
    colours.keep(crowd);
    const counts = new Map<string, number>();
    for (const each of shownTo(colours, crowd)) counts.set(each, (counts.get(each) ?? 0) + 1);
    expect([...counts.values()].sort()).toEqual([2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  });

  it('stayWithThoseWhoStay', () => {
    const colours = new Colours();
    colours.keep(crowd.slice(0, 8));
    const before = shownTo(colours, crowd.slice(4, 8));
    colours.keep(crowd.slice(4, 14));
    expect(shownTo(colours, crowd.slice(4, 8))).toEqual(before);
    expect(new Set(shownTo(colours, crowd.slice(4, 14))).size).toBe(10);
  });
});
