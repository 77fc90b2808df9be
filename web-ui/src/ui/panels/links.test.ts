import { describe, expect, it } from 'vitest';
import { partsOf } from './links';

describe('a message', () => {
  function links(text: string): string[] {
    return partsOf(text).flatMap((part) => (part.link ? [part.text] : []));
  }

  it('keepsEveryLetter', () => {
    for (const text of [
      '',
      'hi',
      'a https://x.y b',
      'https://x.y',
      '<b>https://x.y</b>',
      'http:// https://',
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
  });

  it('hasNoLinksButAddressesOfTheWeb', () => {
    expect(links('javascript:alert(1) ftp://a.b data:text/html,x //a.b a.b')).toEqual([]);
    expect(links('https://a.b/"onclick="x <https://c.d>')).toEqual(['https://a.b/', 'https://c.d']);
  });
});
