import { describe, expect, it } from 'vitest';
import { displayName, newMark, parseRoute, roomIdOf, roomOf, roomPath, userIdOf } from './routes';

describe('routes', () => {
  it('knowTheStartPageAndUnknownPages', () => {
    expect(parseRoute('/', '')).toEqual({ page: 'start' });
    expect(parseRoute('/meeting/', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('/meeting/a/b/c', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('/elsewhere', '')).toEqual({ page: 'unknown' });
    expect(parseRoute('//', '')).toEqual({ page: 'start' });
    expect(parseRoute('/index.html', '')).toEqual({ page: 'start' });
  });

  it('knowRoomsWithAndWithoutAUser', () => {
    expect(parseRoute('/meeting/quiet-otter-42', '')).toEqual({
      page: 'room',
      path: '/meeting/quiet-otter-42',
      room: 'quiet-otter-42',
      user: null,
      name: null,
      only: null,
    });
    expect(parseRoute('/meeting/ada/quiet-otter-42/', '?transport=websocket')).toEqual({
      page: 'room',
      path: '/meeting/ada/quiet-otter-42',
      room: 'quiet-otter-42',
      user: 'ada',
      name: 'ada',
      only: 'websocket',
    });
    expect(parseRoute('/meeting/ada/r', '?transport=pigeon')).toMatchObject({ only: null });
  });

  it('makeADisplayNameOfWhatIsNoUserId', () => {
    expect(parseRoute('/meeting/Ada%20Lov%C3%A9lace/r', '')).toMatchObject({
      user: null,
      name: 'Ada Lovélace',
    });
    expect(parseRoute('/meeting/%E9%BB%98/r', '')).toMatchObject({ user: null, name: '默' });
    expect(parseRoute('/meeting/%zz/r', '')).toMatchObject({ user: null, name: '%zz' });
    expect(parseRoute('/meeting/%2e%2e%2fa/r', '')).toMatchObject({ user: null, room: 'r' });
  });

  it('makeUserIdsThatAreReadableInAnyScriptAndDistinct', () => {
    const names = ['Анна', 'Ann B.', 'Zoë Ünal', 'Юлия Щ.', '默', ''];
    expect(names.map((name) => userIdOf(name, '7x2k'))).toEqual([
      'anna-7x2k',
      'ann-b-7x2k',
      'zoe-uenal-7x2k',
      'yuliya-sch-7x2k',
      'guest-7x2k',
      'guest-7x2k',
    ]);
    expect(new Set(Array.from({ length: 50 }, () => userIdOf('Анна', newMark()))).size).toBeGreaterThan(45);
  });

  it('makeUserIdsThatTheEdgeTakes', () => {
    const legal = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
    const texts = ['Ann', '  ', '---', 'Zoë Ünal', '🙂🙂', 'x'.repeat(200), '.hidden', 'a/b', 'Ω'.repeat(99)];
    for (const text of texts) {
      expect(userIdOf(text, newMark()), text).toMatch(legal);
    }
  });

  it('trimDisplayNamesToWhatIsAllowed', () => {
    expect(displayName('  Ann\t\n B ')).toBe('Ann   B');
    expect([...displayName('🙂'.repeat(100))]).toHaveLength(64);
    expect(displayName('\u202eAnn\u2028B\u0000\u2066 C\ud800')).toBe('Ann B C');
    expect(displayName('👩‍👩‍👧‍👦')).toBe('👩‍👩‍👧‍👦');
    for (const unseen of [' \u0000 ', '\u200b', '\u3164', `${'\u200b'.repeat(64)}a`]) {
      expect(displayName(unseen)).toBe('');
    }
    expect(parseRoute('/meeting/%E2%80%8B/r', '')).toMatchObject({ user: null, name: '' });
  });

  it.each([
    ['/meeting/Quiet-Otter', '/meeting/quiet-otter'],
    ['/Meeting/demo', '/meeting/demo'],
    ['//MEETING//ann//demo//', '/meeting/ann/demo'],
    ['/meeting/%C3%9Cber%20Raum', '/meeting/ueber-raum'],
    ['/meeting/U%CC%88ber+Raum', '/meeting/ueber-raum'],
    ['/meeting/%D0%BF%D0%BB%D0%B0%D0%BD%D1%91%D1%80%D0%BA%D0%B0', '/meeting/planyorka'],
    ['/meeting/a%2Fb', '/meeting/a-b'],
    ['/meeting/50%', '/meeting/50'],
    ['/meeting/%C3%9Cber%zz%', '/meeting/ueber-zz'],
    ['/meeting/demo.', '/meeting/demo'],
    ['/meeting/Ada%20Lov%C3%A9lace/Demo', '/meeting/Ada%20Lov%C3%A9lace/demo'],
    ['/meeting/100%/Demo', '/meeting/100%25/demo'],
    ['/meeting/%3Cscript%3E/x', '/meeting/%3Cscript%3E/x'],
    ['/meeting/-%E2%80%AEx-', '/meeting/x'],
    ['/meeting/a--b-', '/meeting/a--b-'],
  ])('writeTheAddressOfARoomAsItShouldBe: %s', (path, right) => {
    const route = parseRoute(path, '');
    expect(route).toMatchObject({ page: 'room', path: right, room: right.split('/').at(-1) });
    // Once is enough.
    expect(parseRoute(right, '')).toEqual(route);
  });

  it.each(['%F0%9F%99%82', '%20', '---', '..%2F..', '%E6%97%A5%E6%9C%AC%202', '%00'])(
    'sayThatThisNamesNoRoom: %s',
    (typed) => {
      expect(parseRoute(`/meeting/${typed}`, '')).toMatchObject({ page: 'no-room' });
      expect(parseRoute(`/meeting/ann/${typed}`, '')).toMatchObject({ page: 'no-room' });
    },
  );

  it('nameOneRoomHoweverItIsSpelled', () => {
    for (const name of ['Über Raum', 'U\u0308BER  RAUM', ' über–raum ', 'Ｕeber Raum']) {
      expect(roomIdOf(name), name).toBe('ueber-raum');
    }
    expect(roomIdOf('🙂 party')).toBe('party');
    // A room of which only a digit is left would be everybody's.
    expect(roomIdOf('会議 2')).toBeNull();
    // Nor would be one of which only the beginning is left.
    expect(roomIdOf('x'.repeat(64))).toBe('x'.repeat(64));
    expect(roomIdOf('x'.repeat(65))).toBeNull();
    expect(roomIdOf('Ж'.repeat(40))).toBeNull();
  });

  it.each([
    ['https://confab.example/meeting/ann/quiet-otter-42?transport=websocket', 'quiet-otter-42'],
    ['https://confab.example/meeting/quiet-otter-42', 'quiet-otter-42'],
    ['HTTPS://Confab.Example/Meeting/Demo/', 'demo'],
    ['confab.example/meeting/demo', 'demo'],
    ['localhost:8080/meeting/ann/demo?transport=websocket', 'demo'],
    ['//confab.example/meeting/demo#top', 'demo'],
    ['[::1]:8080/meeting/demo', 'demo'],
    ['http://meeting/meeting/demo', 'demo'],
    ['/meeting/ann/%C3%9Cber%20Raum', 'ueber-raum'],
    ['meeting/demo', 'demo'],
    ['https://confab.example/meeting/ann/meeting', 'meeting'],
    [' quiet-otter-42 ', 'quiet-otter-42'],
    ['Quiet Otter', 'quiet-otter'],
    ['Team/Retro?', 'team-retro'],
    ['планёрка', 'planyorka'],
  ])('takeARoomFromWhatSomebodyPastes: %s', (text, room) => {
    expect(roomOf(text)).toBe(room);
  });

  it.each([
    '',
    '🙂',
    'https://confab.example/',
    '//confab.example/demo',
    'javascript://x',
    'confab.example/meeting/',
    'confab.example/meeting/a/b/c',
    'confab.example/meeting/%F0%9F%99%82',
  ])('takeNoRoomFromWhatHasNone: %s', (text) => {
    expect(roomOf(text)).toBeNull();
  });

  it('leadToARoom', () => {
    expect(roomPath('a b')).toBe('/meeting/a%20b');
  });
});
