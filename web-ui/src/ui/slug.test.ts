import { describe, expect, it } from 'vitest';
import { isSpelledBySlug, slug } from './slug';

describe('a slug', () => {
  it.each([
    ['Über Raum', 'ueber-raum'],
    ['Zoë Ünal', 'zoe-uenal'],
    ['straße', 'strasse'],
    ['планёрка', 'planyorka'],
    ['Λόγος', 'logos'],
    ['ﬁnal ＡＢＣ', 'final-abc'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['\u202Eabc', 'abc'],
    ['a_b.c', 'a-b-c'],
    ['🙂', ''],
    ['', ''],
    ['\ud800', ''],
  ])('spells %s', (text, spelled) => {
    expect(slug(text)).toBe(spelled);
  });

  it('isMadeOfWhatIdsAreMadeOf', () => {
    const texts = [
      '---',
      ` ${'x'.repeat(63)} y`,
      'Ж'.repeat(200),
      'İ',
      '½',
      '日本',
      '\u0000',
      'a%2Fb',
      '<b>"',
    ];
    for (const text of texts) expect(slug(text), text).toMatch(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?)?$/);
  });

  it('tellsWhetherLettersAreMissing', () => {
    expect(isSpelledBySlug('Über 🙂, «планёрка»!')).toBe(true);
    expect(isSpelledBySlug('日本 2')).toBe(false);
    expect(isSpelledBySlug('½ ②')).toBe(true);
  });
});
