import { describe, expect, it } from 'vitest';
import { claimsOf, tokenOf } from './token';

function token(claims: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const payload = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `eyJhbGciOiJIUzI1NiJ9.${payload}.c2lnbmF0dXJl`;
}

describe('the token of a link', () => {
  it('stands behind the #', () => {
    expect(tokenOf('#t=abc.def.ghi')).toBe('abc.def.ghi');
    for (const hash of ['', '#', '#t=', '#chat', '#x&t=abc']) expect(tokenOf(hash)).toBeNull();
  });

  it('says who may be heard', () => {
    expect(claimsOf(token({ grants: { publish: ['chat', 'audio'] } })).mayBeHeard).toBe(true);
    expect(claimsOf(token({ grants: { publish: ['chat'] } })).mayBeHeard).toBe(false);
    expect(claimsOf(token({ grants: { join: true } })).mayBeHeard).toBe(false);
  });

  it('says who somebody is and what the room is called', () => {
    const claims = { sub: 'ann', name: 'Анна Л.', roomName: 'Планёрка', grants: { host: true } };
    expect(claimsOf(token(claims))).toEqual({
      mayBeHeard: false,
      user: 'ann',
      name: 'Анна Л.',
      mayRename: false,
      isHost: true,
      roomName: 'Планёрка',
    });
    expect(claimsOf(token({ ...claims, grants: { name: true } })).mayRename).toBe(true);
  });

  it('lets the edge decide where it says nothing', () => {
    for (const nothing of [null, '', 'a', 'a.b.c', 'a.!!.c', token(3), token({ room: 'demo', sub: 3 })]) {
      const claims = claimsOf(nothing);
      expect(claims.mayBeHeard && claims.mayRename && claims.user === null).toBe(true);
    }
  });
});
