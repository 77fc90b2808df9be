import { describe, expect, it } from 'vitest';
import { partsOf } from './links';

describe('a message', () => {
  function links(text: string): string[] {
    return partsOf(text).flatMap(({ text, href }) =>
      href === null ? [] : [href === text ? text : `${text} -> ${href}`],
    );
  }

  it('keepsEveryLetter', () => {
    for (const text of [
      '',
      'hi',
      'a https://x.y b',
      'https://x.y',
      '<b>https://x.y</b>',
      'http:// https://',
      'www. @ mailto: //x ann@example.org',
    ]) {
      expect(
        partsOf(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('hasItsAddressesAsLinksWithoutWhatEndsASentence', () => {
    expect(links('See https://a.b/c?d=e#f, (http://g.h/i) and https://j.k.')).toEqual([
      'https://a.b/c?d=e#f',
      'http://g.h/i',
      'https://j.k',
    ]);
    expect(links('«https://a.b/c» “https://d.e/f”… https://g.h/i!')).toEqual([
      'https://a.b/c',
      'https://d.e/f',
      'https://g.h/i',
    ]);
  });

  it('keepsTheBracketsThatBelongToAnAddress', () => {
    expect(links('https://en.wikipedia.org/wiki/Foo_(bar)')).toEqual([
      'https://en.wikipedia.org/wiki/Foo_(bar)',
    ]);
    expect(links('(see https://en.wikipedia.org/wiki/Foo_(bar))')).toEqual([
      'https://en.wikipedia.org/wiki/Foo_(bar)',
    ]);
    expect(links('(see https://a.b/c)')).toEqual(['https://a.b/c']);
  });

  it('knowsAddressesHoweverTheyAreWritten', () => {
    expect(links('HTTPS://Example.org/A')).toEqual(['HTTPS://Example.org/A']);
    expect(links('www.example.org, WWW.example.org/a')).toEqual([
      'www.example.org -> https://www.example.org',
      'WWW.example.org/a -> https://WWW.example.org/a',
    ]);
    expect(links('ann@example.org, mailto:bea@example.org')).toEqual([
      'ann@example.org -> mailto:ann@example.org',
      'mailto:bea@example.org',
    ]);
    expect(links('http://localhost:8080/meeting/a https://пример.рф/путь')).toEqual([
      'http://localhost:8080/meeting/a',
      'https://пример.рф/путь',
    ]);
  });

  it('hasNoLinksButAddressesOfTheWebAndOfMail', () => {
    expect(links('javascript:alert(1) ftp://a.b data:text/html,x //a.b a.b setup.py www.a www.')).toEqual([]);
    expect(links('vbscript:http:x JAVASCRIPT:alert(1)//https:')).toEqual([]);
    expect(links('https://a.b <https://c.d>')).toEqual(['https://a.b', 'https://c.d']);
    // What a name and a password before the host would hide is not part of a link.
    expect(links('https://bank.example\\@evil.example/')).toEqual(['https://bank.example']);
    for (const hostile of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://x"onmouseover="alert(1)',
      'mailto:a@b.c?x',
    ])
      for (const link of links(`${hostile} (${hostile}) ${hostile}www.x.org ${hostile}a@b.org`))
        expect(link).toMatch(/(^| -> )(https?:\/\/|mailto:)/);
  });

  it('isReadAtOnceWhateverItIs', () => {
    const began = performance.now();
    for (const piece of [
      '(',
      '.',
      'a.',
      'a@',
      'a-',
      'http://',
      'https://a.b/',
      'www.',
      'www.a.',
      'mailto:',
      '[(',
      '"',
      "'",
      '.*',
    ])
      for (const before of ['', 'https://a.b/', 'a@b.', 'www.a.b/']) {
        const text = (before + piece.repeat(1000)).slice(0, 1000);
        expect(
          partsOf(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }
    // Some milliseconds all together; it is about what takes minutes.
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
