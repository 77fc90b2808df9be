import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSession, storedSession, storeSession } from './stored-session';

const PATH = '/meeting/ann/demo';
const SESSION = {
  join: { room: 'demo', user: 'ann', name: 'Ann' },
  resume: { token: 't', attempt: 3 },
  muted: true,
  deafened: false,
  microphone: true,
  volumes: [[7, 0.5]] as const,
};

describe('a stored session', () => {
  let items: Map<string, string>;
  beforeEach(() => {
    vi.useFakeTimers();
    items = new Map();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('isFoundByThePageOfTheSameAddressFor20Seconds', () => {
    storeSession(PATH, SESSION);
    vi.advanceTimersByTime(19_000);
    expect(storedSession(PATH)).toMatchObject(SESSION);
    expect(storedSession('/meeting/ann/other')).toBeNull();
    vi.advanceTimersByTime(1_000);
    expect(storedSession(PATH)).toBeNull();
  });

  it('isGoneOnceForgotten', () => {
    storeSession(PATH, SESSION);
    forgetSession(PATH);
    expect(storedSession(PATH)).toBeNull();
  });

  it('isNoneWhenTheStorageHoldsSomethingElseOrFails', () => {
    for (const text of ['{', 'null', '7', '{"at":1}', `{"at":${Date.now()},"join":{}}`]) {
      items.set(`confab.session:${PATH}`, text);
      expect(storedSession(PATH)).toBeNull();
    }
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => storeSession(PATH, SESSION)).not.toThrow();
    expect(() => forgetSession(PATH)).not.toThrow();
    expect(storedSession(PATH)).toBeNull();
  });
});
