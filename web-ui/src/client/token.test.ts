import { describe, expect, it } from 'vitest';
import { mayBeHeard, tokenOf } from './token';

function token(claims: unknown): string {
  const payload = btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `eyJhbGciOiJIUzI1NiJ9.${payload}.c2lnbmF0dXJl`;
}

describe('the token of a link', () => {
  it('stands behind the #', () => {
    expect(tokenOf('#t=abc.def.ghi')).toBe('abc.def.ghi');
    for (const hash of ['', '#', '#t=', '#chat', '#x&t=abc']) expect(tokenOf(hash)).toBeNull();
  });

  it('says who may be heard', () => {
    expect(mayBeHeard(token({ grants: { join: true, publish: ['chat', 'audio'] } }))).toBe(true);
    expect(mayBeHeard(token({ grants: { join: true, publish: ['chat'] } }))).toBe(false);
    expect(mayBeHeard(token({ grants: { join: true } }))).toBe(false);
  });

  it('lets the edge decide where it says nothing', () => {
    for (const nothing of [null, '', 'a', 'a.b.c', 'a.!!.c', token(3), token({ room: 'demo' })])
      expect(mayBeHeard(nothing)).toBe(true);
  });
});
