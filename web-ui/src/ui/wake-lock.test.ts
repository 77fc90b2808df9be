import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WakeLock } from './wake-lock';

describe('the screen', () => {
  let held: number;
  let page: { visibilityState: string; listener: (() => void) | null };

  function browser(coarse: boolean, wakeLock: object | undefined): void {
    vi.stubGlobal('matchMedia', () => ({ matches: coarse }));
    vi.stubGlobal('navigator', { wakeLock });
    vi.stubGlobal('document', {
      get visibilityState() {
        return page.visibilityState;
      },
      addEventListener: (_: string, listener: () => void) => {
        page.listener = listener;
      },
      removeEventListener: () => {
        page.listener = null;
      },
    });
  }

  beforeEach(() => {
    held = 0;
    page = { visibilityState: 'visible', listener: null };
  });
  afterEach(() => void vi.unstubAllGlobals());

  const LOCKS = {
    request: async () => {
      held++;
      return { release: async () => void held-- };
    },
  };

  it('staysOnDuringACallAndNoLonger', async () => {
    browser(true, LOCKS);
    const lock = new WakeLock();
    lock.hold();
    await vi.waitFor(() => expect(held).toBe(1));
    lock.release();
    await vi.waitFor(() => expect([held, page.listener]).toEqual([0, null]));
  });

  it('isAskedForAnewWhenThePageIsSeenAgain', async () => {
    browser(true, LOCKS);
    const lock = new WakeLock();
    page.visibilityState = 'hidden';
    lock.hold();
    expect(held).toBe(0);
    page.visibilityState = 'visible';
    page.listener?.();
    await vi.waitFor(() => expect(held).toBe(1));
  });

  it('isLetGoWhenTheCallEndsBeforeTheBrowserAnswers', async () => {
    browser(true, LOCKS);
    const lock = new WakeLock();
    lock.hold();
    lock.release();
    await vi.waitFor(() => expect(held).toBe(0));
  });

  it('isLeftAloneAtADeskAndWhereThereIsNoLock', () => {
    browser(false, LOCKS);
    new WakeLock().hold();
    expect(held).toBe(0);
    browser(true, undefined);
    new WakeLock().hold();
  });
});
