import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPage } from '../client';
import { originForOthers } from './origin';

const ask = () => originForOthers(findPage().catch(() => null));

describe('the origin for others', () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** A page at that origin, whose edge answers so. */
  function page(origin: string, answer: unknown): void {
    const { hostname } = new URL(origin);
    vi.stubGlobal('location', { origin, hostname });
    vi.stubGlobal('fetch', async () => Response.json(answer));
  }

  it('isWhatTheEdgeSaysOfItsOwnMachine', async () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '[::1]']) {
      page(`http://${host}:8080`, { secureOrigin: 'https://192.0.2.5:8443', selfMade: true });
      expect(await ask()).toBe('https://192.0.2.5:8443');
    }
  });

  it('isThePagesOwnWhereTheEdgeKnowsNoBetter', async () => {
    for (const answer of [{}, { secureOrigin: 5 }, { secureOrigin: 'javascript:alert(1)' }, null]) {
      page('http://localhost:8080', answer);
      expect(await ask()).toBe('http://localhost:8080');
    }
    page('http://localhost:8080', {});
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await ask()).toBe('http://localhost:8080');
  });

  it('isThePagesOwnWhereOthersReachIt', async () => {
    page('https://meet.example.org', { secureOrigin: 'https://192.0.2.5:8443' });
    expect(await ask()).toBe('https://meet.example.org');
  });
});
