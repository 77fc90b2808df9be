import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lackPage, noRoomPage, unknownPage } from './dead-ends';
import { markup } from './testing/markup';

describe('where it does not go on', () => {
  beforeEach(() =>
    vi.stubGlobal('location', {
      origin: 'http://phone.test:8080',
      pathname: '/meeting/ann/demo',
      search: '?transport=websocket',
      hash: '#x',
    }),
  );
  afterEach(() => void vi.unstubAllGlobals());

  it('leadsFromTheClearToWhereTheEdgeSays', () => {
    const known = markup(lackPage('insecure', { secureOrigin: 'https://phone.test:9443', selfMade: true }));
    expect(known).toContain('href=https://phone.test:9443/meeting/ann/demo?transport=websocket#x');
    expect(known).toContain('warn of the certificate');
    const trusted = markup(lackPage('insecure', { secureOrigin: 'https://phone.test', selfMade: false }));
    expect(trusted).not.toContain('certificate');
  });

  it('guessesNoAddress', () => {
    const unknown = markup(lackPage('insecure', { secureOrigin: null, selfMade: false }));
    expect(unknown).toContain('does not know at which https address');
    for (const page of [
      unknown,
      markup(lackPage('insecure', undefined)),
      markup(lackPage('old-browser', undefined)),
    ]) {
      expect(page).not.toContain('https://');
      expect(page).not.toContain('button');
    }
  });

  it('saysWhatWasTypedAsText', () => {
    const page = markup(noRoomPage('<b>🙂</b>\n'));
    expect(page).toContain('<bdi><b>🙂</b></bdi>');
    expect(page).toContain('href=/>');
    expect(markup(noRoomPage('x'.repeat(9_000))).length).toBeLessThan(4_000);
  });

  it('showsHowALinkLooks', () => {
    expect(markup(unknownPage())).toContain('http://phone.test:8080/meeting/standup');
  });
});
