import { describe, expect, it } from 'vitest';
import { cleanLine, cleanName, lengthOf } from './plain-text';

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

describe('names and lines', () => {
  const files = import.meta.glob<Record<string, string[]>>(
    '../../../../protocol/src/test/resources/golden/names.json',
    { eager: true, import: 'default' },
  );
  const [golden = {}] = Object.values(files);

  it.each([
    ['seen', true, true],
    ['unseen', false, false],
    ['refused', false, false],
    ['lines', false, true],
  ])('areAsTheGoldenNamesSay: %s', (kind, name, line) => {
    const texts = golden[kind] ?? [];
    expect(texts.length).toBeGreaterThan(0);
    const taken = (clean: (text: string) => string): string[] => texts.filter((text) => clean(text) === text);
    expect(taken((text) => cleanName(text) || 'nothing')).toEqual(name ? texts : []);
    expect(taken((text) => cleanLine(text) || 'nothing')).toEqual(line ? texts : []);
  });

  it('areNothingWhenNothingIsSeen', () => {
    expect(golden.unseen?.map(cleanLine).join('')).toBe('');
    expect(golden.unseen?.map(cleanName).join('')).toBe('');
  });

  it('areAllowedOnceTheyAreClean', () => {
    for (const text of Object.values(golden).filter(Array.isArray).flat()) {
      expect(cleanLine(cleanLine(text))).toBe(cleanLine(text));
      expect(cleanName(cleanName(text))).toBe(cleanName(text));
    }
    expect(golden.refused?.map(cleanLine)).not.toContain('');
    expect(cleanName(`A${'\u0301'.repeat(60)}nna`)).toBe(`A${'\u0301'.repeat(4)}nna`);
    expect(cleanName('\u0301Anna \u{E0041}')).toBe('Anna');
  });
});
