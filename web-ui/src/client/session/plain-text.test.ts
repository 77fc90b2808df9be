import { describe, expect, it } from 'vitest';
import { cleanLine, isSeen, lengthOf } from './plain-text';

describe('a line of chat', () => {
  it('isTakenHoweverItWasPasted', () => {
    expect(cleanLine('a\tb')).toBe('a b');
    expect(cleanLine('one\r\ntwo\rthree\vfour\ffive\u0085six\u2028seven\u2029eight')).toBe(
      'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight',
    );
    expect(cleanLine('a\u0000b\u001b[31mc\u007f')).toBe('ab[31mc');
    expect(cleanLine('\u202eturned\u202c \u2066around\u2069')).toBe('turned around');
    expect(cleanLine('half a \ud83d smiley')).toBe('half a  smiley');
    expect(cleanLine(' \n padded\n\n')).toBe('padded');
  });

  it('keepsWhatPeopleWrite', () => {
    for (const text of ['👩‍👩‍👧‍👦 ❤️', 'می\u200cخواهم', 'أليس \u200e(a)', 'two\n\nparagraphs'])
      expect(cleanLine(text)).toBe(text);
  });

  it('isNothingWhenNothingOfItIsSeen', () => {
    for (const text of ['', ' \n ', '\u200b', '\u3164\u2800', '\u0000', '\u202e'])
      expect(cleanLine(text)).toBe('');
  });

  it('isCountedAsTheEdgeCounts', () => {
    expect([lengthOf(''), lengthOf('abc'), lengthOf('🙂🙂')]).toEqual([0, 3, 2]);
  });
});

describe('what is seen', () => {
  it('isAsTheGoldenNamesSay', () => {
    const files = import.meta.glob<{ seen: string[]; unseen: string[] }>(
      '../../../../protocol/src/test/resources/golden/names.json',
      { eager: true, import: 'default' },
    );
    const [golden] = Object.values(files);
    expect(golden?.seen.length).toBeGreaterThan(0);
    expect(golden?.seen.filter((name) => !isSeen(name))).toEqual([]);
    expect(golden?.unseen.filter(isSeen)).toEqual([]);
  });
});
