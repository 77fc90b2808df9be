import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Presence, Room, RoomReport, SessionState } from '../client';
import { RoomController } from './room-controller';
import { type StoredSession, storedSession } from './stored-session';

const JOIN = { room: 'r', user: 'ann', name: 'Ann' };
const RESUME = { kind: 'resume', join: JOIN, resume: { token: 't', attempt: 1 } } as const;
const CONNECTED: SessionState = {
  phase: 'connected',
  transport: 'webtransport',
  obstacle: null,
  edge: 'a',
  suspect: false,
  whole: true,
};
const PATH = '/meeting/r';

function presence(number: number, user: string): Presence {
  const still = {
    muted: false,
    deafened: false,
    handRaised: false,
    handRaisedAt: 0,
    away: false,
    lookalike: false,
    listener: false,
    verified: false,
  };
  return { number, user, name: user, ...still };
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('the controller of a room', () => {
  let listeners: Map<string, (event: object) => void>;
  let did: unknown[];
  let draws: number;
  let comesBack: boolean;
  let report: (report: RoomReport) => void;
  let controller: RoomController;

  beforeEach(() => {
    vi.useFakeTimers();
    listeners = new Map();
    did = [];
    draws = 0;
    comesBack = true;
    vi.stubGlobal('addEventListener', (type: string, listen: () => void) => void listeners.set(type, listen));
    vi.stubGlobal('removeEventListener', (type: string) => void listeners.delete(type));
    vi.stubGlobal('location', { pathname: PATH });
    vi.stubGlobal('localStorage', storage());
    vi.stubGlobal('sessionStorage', storage());
    const host = {
      addController: () => {},
      removeController: () => {},
      requestUpdate: () => void draws++,
      updateComplete: Promise.resolve(true),
    };
    controller = new RoomController(host, (tell) => {
      report = tell;
      return room() as Room;
    });
    controller.hostConnected();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function room(): Partial<Room> {
    return {
      microphoneOpen: true,
      join: async (join, options) => did.push({ join, options }) > 0,
      comeBack: async (before, only) => {
        did.push({ back: before.resume.token, only });
        return comesBack;
      },
      setVolume: (number, volume) => void did.push({ number, volume }),
      request: (request) => void did.push(request),
      chime: (chime) => void did.push(chime),
      leave: () => void did.push('leave'),
      suspend: () => void did.push('suspend'),
      giveUp: () => void did.push('give up'),
      close: () => void did.push('close'),
    };
  }

  function enter(): void {
    report({ kind: 'state', state: CONNECTED });
    report(RESUME);
    did.length = 0;
  }

  it('drawsThePageWhenTheViewChangesAndNotForLoudness', () => {
    report({ kind: 'round-trip', milliseconds: 3 });
    expect([draws, controller.view.roundTrip]).toEqual([1, 3]);
    report({ kind: 'speaking', speaking: [{ number: 1, loudness: 1, voice: true }] });
    expect([draws, controller.loudness.of(1).voice]).toEqual([1, true]);
  });

  it('endsNoticesAfterFiveSecondsAndReactionsAfterFour', () => {
    controller.tell({ kind: 'copied' });
    vi.advanceTimersByTime(2_000);
    report({ kind: 'reacted', number: 1, name: 'Ann', reaction: 'heart' });
    expect([controller.view.notices.length, controller.view.reactions.size]).toEqual([2, 1]);
    vi.advanceTimersByTime(3_000);
    expect(controller.view.notices.map(({ told }) => told.kind)).toEqual(['reacted']);
    vi.advanceTimersByTime(1_000);
    expect([controller.view.notices.length, controller.view.reactions.size]).toEqual([1, 0]);
    vi.advanceTimersByTime(1_000);
    expect(controller.view.notices).toEqual([]);
  });

  it('hasAVolumeForEachParticipantHoweverTheyAreCalled', () => {
    report({
      kind: 'roster',
      present: [presence(1, 'ann'), presence(2, 'guest'), presence(3, 'guest')],
      you: 1,
    });
    controller.setVolume(2, 0);
    expect([did, draws]).toEqual([[{ number: 2, volume: 0 }], 2]);
    expect([2, 3].map((number) => controller.volumeOf(number))).toEqual([0, 1]);
  });

  it('keepsVolumesForAReloadAndGivesThemToThePlayerOnce', async () => {
    enter();
    controller.setVolume(2, 0.5);
    const stored = storedSession(PATH);
    expect(stored?.volumes).toEqual([[2, 0.5]]);
    did.length = 0;
    await controller.comeBack(stored as StoredSession, null);
    did.length = 0;
    const roster = { kind: 'roster', present: [presence(1, 'ann'), presence(2, 'bea')], you: 1 } as const;
    report(roster);
    report(roster);
    expect(did).toEqual([{ number: 2, volume: 0.5 }]);
  });

  it('chimesForThoseWhoComeAndGo', () => {
    for (const kind of ['joined', 'left', 'renamed', 'raised-hand'] as const) {
      report({ kind: 'notice', notice: { kind, name: 'Bea' } });
    }
    vi.advanceTimersByTime(3_000);
    expect(did).toEqual(['joined', 'left']);
  });

  it('chimesAndTellsOnceForAWholeClass', () => {
    for (let i = 0; i < 200; i++) report({ kind: 'notice', notice: { kind: 'joined', name: `${i}` } });
    vi.advanceTimersByTime(3_000);
    expect(did).toEqual(['joined', 'joined']);
    expect(controller.view.notices.map(({ told }) => 'names' in told && told.names.length)).toEqual([1, 199]);
  });

  it('drawsTheStageAnewForANewSpeakerAtMostOnceASecond', () => {
    const speaking = (number: number) => [{ number, loudness: 0.5, voice: true }];
    for (const number of [5, 6, 7]) report({ kind: 'speaking', speaking: speaking(number) });
    expect(draws).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(draws).toBe(1);
    report({ kind: 'speaking', speaking: [{ number: 8, loudness: 0.1, voice: false }] });
    vi.advanceTimersByTime(1_000);
    expect(draws).toBe(1);
  });

  it('storesWhatAReloadComesBackToUntilTheEnd', () => {
    expect(controller.stored).toBeNull();
    enter();
    report({ kind: 'wishes', muted: true, deafened: false });
    expect(storedSession(PATH)).toMatchObject({ join: JOIN, muted: true, deafened: false, microphone: true });
    report({ kind: 'state', state: { phase: 'ended', failure: { kind: 'ending', ending: 'kicked' } } });
    expect(controller.stored).toBeNull();
    report({ kind: 'wishes', muted: false, deafened: false });
    expect(controller.stored).toBeNull();
  });

  it('forgetsTheSessionThatOneLeaves', () => {
    enter();
    controller.leave();
    expect([did, controller.stored]).toEqual([['leave'], null]);
    enter();
    controller.hostDisconnected();
    expect([did, controller.stored, listeners.size]).toEqual([['close'], null, 0]);
  });

  it('keepsThePlaceWhenThePageGoesAndTakesItAgain', async () => {
    await controller.join(JOIN, { only: 'websocket', microphone: true, again: false });
    enter();
    vi.advanceTimersByTime(19_000);
    listeners.get('pagehide')?.({});
    vi.advanceTimersByTime(19_000);
    listeners.get('pageshow')?.({ persisted: true });
    expect(did).toEqual(['suspend', { back: 't', only: 'websocket' }]);
  });

  it('givesUpThePlaceThatIsNotKeptAnyMore', () => {
    enter();
    listeners.get('pagehide')?.({});
    vi.advanceTimersByTime(20_000);
    listeners.get('pageshow')?.({ persisted: true });
    expect(did).toEqual(['suspend', 'give up']);
  });

  it('hasNothingToTakeUpWhenThePageWasLoadedOrInNoRoom', () => {
    listeners.get('pageshow')?.({ persisted: true });
    enter();
    listeners.get('pageshow')?.({ persisted: false });
    expect(did).toEqual([]);
  });

  it('saysWhenItIsBackWithoutTheMicrophone', async () => {
    enter();
    comesBack = false;
    const { stored } = controller;
    if (stored) await controller.comeBack(stored, null);
    expect(controller.view.notices.map(({ told }) => told.kind)).toEqual(['back-without-microphone']);
  });

  it('keepsTheDraftAndWhatWasNotSentForAPageThatIsLoadedAnew', () => {
    enter();
    controller.draft = 'half a sen';
    report({ kind: 'writing', id: 7, text: 'hello', at: 1 });
    report({ kind: 'writing', id: 8, text: 'bye', at: 2 });
    report({ kind: 'said', id: 8, name: 'Ann', lookalike: false, own: true, text: 'bye', at: 3 });
    draws = 0;
    controller.hostConnected();
    expect([controller.draft, draws]).toEqual(['half a sen', 1]);
    const { unsaid } = controller.view;
    expect(unsaid).toMatchObject([{ line: 7, text: 'hello', why: 'ended' }]);
    did.length = 0;
    for (const message of unsaid) {
      controller.sayAgain(message);
      controller.drop(message);
    }
    expect([did, controller.view.unsaid]).toEqual([[{ kind: 'say', text: 'hello', id: 7 }], []]);
    controller.draft = '';
    controller.hostConnected();
    expect([controller.draft, controller.view.unsaid]).toEqual(['', []]);
  });

  it('countsNoMessagesWhileTheChatIsRead', () => {
    controller.read(true);
    report({ kind: 'said', id: 0, name: 'Bea', lookalike: false, own: false, text: 'hi', at: 1 });
    expect(controller.view.unread).toBe(0);
  });
});
