import { describe, expect, it } from 'vitest';
import { displayName, parseRoute, roomOf, roomPath, userIdOf } from './routes';

describe('routes', () => {
  it('knowTheStartPageAndUnknownPages', () => {
    expect(parseRoute('/', '')).toEqual({ page: 'start' });
    expect(parseRoute('/meeting/', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('/meeting/a/b/c', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('/elsewhere', '')).toEqual({ page: 'unknown' });
  });

  it('knowRoomsWithAndWithoutAUser', () => {
    expect(parseRoute('/meeting/quiet-otter-42', '')).toEqual({
      page: 'room',
      room: 'quiet-otter-42',
      user: null,
      name: null,
      only: null,
    });
    expect(parseRoute('/meeting/ada/quiet-otter-42/', '?transport=websocket')).toEqual({
      page: 'room',
      room: 'quiet-otter-42',
      user: 'ada',
      name: 'ada',
      only: 'websocket',
    });
    expect(parseRoute('/meeting/ada/r', '?transport=pigeon')).toMatchObject({ only: null });
  });

  it('makeADisplayNameOfWhatIsNoUserId', () => {
    expect(parseRoute('/meeting/Ada%20Lov%C3%A9lace/r', '')).toMatchObject({
      user: 'ada-lovelace',
      name: 'Ada Lovélace',
    });
    expect(parseRoute('/meeting/%E9%BB%98/r', '')).toMatchObject({ user: 'guest', name: '默' });
    expect(parseRoute('/meeting/%zz/r', '')).toMatchObject({ user: 'zz', name: '%zz' });
    expect(parseRoute('/meeting/%2e%2e%2fa/r', '')).toMatchObject({ user: 'a', room: 'r' });
  });

  it('makeUserIdsThatTheEdgeTakes', () => {
    const legal = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
    const texts = ['Ann', '  ', '---', 'Zoë Ünal', '🙂🙂', 'x'.repeat(200), '.hidden', 'a/b', 'Ω'.repeat(99)];
    for (const text of texts) {
      expect(userIdOf(text), text).toMatch(legal);
    }
    expect(userIdOf('Ann.B_c-1')).toBe('Ann.B_c-1');
  });

  it('trimDisplayNamesToWhatIsAllowed', () => {
    expect(displayName('  Ann\t\n B ')).toBe('Ann   B');
    expect([...displayName('🙂'.repeat(100))]).toHaveLength(64);
    expect(displayName('\u202eAnn\u2028B\u0000\u2066 C\ud800')).toBe('Ann B C');
    expect(displayName('👩‍👩‍👧‍👦')).toBe('👩‍👩‍👧‍👦');
    for (const unseen of [' \u0000 ', '\u200b', '\u3164', `${'\u200b'.repeat(64)}a`]) {
      expect(displayName(unseen)).toBe('');
    }
    expect(parseRoute('/meeting/%E2%80%8B/r', '')).toMatchObject({ user: 'guest', name: '' });
  });

  it('takeARoomFromWhatSomebodyPastes', () => {
    expect(roomOf(' quiet-otter-42 ')).toBe('quiet-otter-42');
    expect(roomOf('Quiet Otter')).toBe('quiet-otter');
    expect(roomOf('https://confab.example/meeting/ann/quiet-otter-42?transport=websocket')).toBe(
      'quiet-otter-42',
    );
    expect(roomOf('https://confab.example/meeting/quiet-otter-42')).toBe('quiet-otter-42');
    expect(roomPath('a b')).toBe('/meeting/a%20b');
  });
});
