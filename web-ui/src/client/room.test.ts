import { beforeEach, describe, expect, it } from 'vitest';
import type { CallAudio, CallAudioSink } from './call-audio';
import { Room, type RoomReport, type RoomWorker } from './room';
import type { SessionState } from './session/state';
import type { Order, Report } from './worker/port';

const JOIN = { room: 'r', user: 'ann', name: 'Ann' };
const CONNECTED: SessionState = {
  phase: 'connected',
  transport: 'webtransport',
  obstacle: null,
  edge: 'a',
  suspect: false,
  whole: true,
};
const LEFT: SessionState = { phase: 'ended', failure: { kind: 'ending', ending: 'left' } };
const BEFORE = {
  join: JOIN,
  resume: { token: 't', attempt: 3 },
  muted: true,
  deafened: true,
  microphone: true,
};

/** A browser: its worker, its microphone and its sound. */
class Browser {
  readonly orders: Order[] = [];
  readonly reports: RoomReport[] = [];
  readonly did: string[] = [];
  permission: PermissionState = 'prompt';
  /** The microphone opens, or does not, when the person has decided. */
  decide: (allowed: boolean) => void = () => {};
  worker: RoomWorker | null = null;
  sink: CallAudioSink | null = null;
  open = false;
  opening = false;
  asked = 0;
  workers = 0;

  room(): Room {
    return new Room((report) => this.reports.push(report), undefined, {
      worker: () => {
        this.workers++;
        this.worker = {
          onmessage: null,
          onerror: null,
          postMessage: (order: Order) => void this.orders.push(order),
          terminate: () => void this.did.push('terminate'),
        };
        return this.worker;
      },
      audio: (sink) => {
        this.sink = sink;
        return this.#audio() as CallAudio;
      },
      permission: async () => ({ state: this.permission }),
    });
  }

  #audio(): Pick<CallAudio, Exclude<keyof CallAudio, 'apply'>> {
    const browser = this;
    return {
      get open() {
        return browser.open;
      },
      start: () => void this.did.push('start'),
      prepare: () => void this.did.push('prepare'),
      resume: () => void this.did.push('resume'),
      pause: () => void this.did.push('pause'),
      chime: (chime) => void this.did.push(`chime ${chime}`),
      get opening() {
        return browser.opening;
      },
      resample: async () => void this.did.push('resample'),
      openMicrophone: () => {
        this.asked++;
        this.opening = true;
        return new Promise((resolve) => {
          this.decide = (allowed) => {
            this.open = allowed && this.opening;
            this.opening = false;
            resolve(this.open);
          };
        });
      },
      closeMicrophone: () => {
        this.open = false;
        this.opening = false;
      },
    };
  }

  say(report: Report): void {
    this.worker?.onmessage?.call(null as never, { data: report } as MessageEvent<Report>);
  }

  get kinds(): string[] {
    return this.orders.map((order) => (order.kind === 'request' ? order.request.kind : order.kind));
  }

  get muted(): boolean | undefined {
    return this.reports.findLast((report) => report.kind === 'wishes')?.muted;
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a room', () => {
  let browser: Browser;
  let room: Room;
  beforeEach(() => {
    browser = new Browser();
    room = browser.room();
  });

  async function joined(): Promise<void> {
    browser.open = true;
    const joining = room.join(JOIN);
    browser.decide(true);
    await joining;
    browser.say({ kind: 'state', state: CONNECTED });
  }

  it('startsItsWorkerWithTheFirstOrder', () => {
    expect(browser.workers).toBe(0);
    room.leave();
    expect(browser.workers).toBe(0);
    room.warmUp(JOIN);
    room.aboutToJoin(JOIN);
    expect([browser.workers, browser.kinds, browser.did]).toEqual([
      1,
      ['warm-up', 'about-to-join'],
      ['pause', 'prepare'],
    ]);
  });

  it('joinsOnceThePersonHasAllowedTheMicrophone', async () => {
    const joining = room.join(JOIN);
    await settle();
    expect([browser.kinds, room.inMeeting]).toEqual([[], false]);
    browser.decide(true);
    expect(await joining).toBe(true);
    expect(browser.orders).toEqual([
      {
        kind: 'join',
        join: JOIN,
        only: null,
        muted: false,
        deafened: false,
        handRaised: false,
        resume: null,
      },
    ]);
    expect(room.inMeeting).toBe(true);
  });

  it('doesNotJoinWhenThePersonDoesNotAllowIt', async () => {
    const joining = room.join(JOIN);
    browser.decide(false);
    expect(await joining).toBe(false);
    expect([browser.kinds, room.inMeeting]).toEqual([[], false]);
  });

  it('joinsAtOnceWhenTheBrowserNeedNotAsk', async () => {
    browser.permission = 'granted';
    room.warmUp(JOIN);
    await settle();
    const joining = room.join(JOIN);
    expect(browser.kinds).toEqual(['warm-up', 'join']);
    browser.decide(false);
    expect(await joining).toBe(true);
    expect(browser.kinds).toEqual(['warm-up', 'join', 'mute']);
    expect(browser.muted).toBe(true);
  });

  it('joinsMutedByWhoeverOnlyListens', async () => {
    expect(await room.join(JOIN, { only: 'websocket', microphone: false, again: false })).toBe(true);
    expect(browser.orders).toMatchObject([{ kind: 'join', only: 'websocket', muted: true }]);
  });

  it('closesAMicrophoneThatOpensAfterTheEnd', async () => {
    browser.permission = 'granted';
    room.warmUp(JOIN);
    await settle();
    const joining = room.join(JOIN);
    browser.say({ kind: 'state', state: { phase: 'ended', failure: { kind: 'ending', ending: 'kicked' } } });
    browser.decide(true);
    await joining;
    expect(browser.open).toBe(false);
  });

  it('tellsAtOnceThatItConnectsAndWhatIsWished', async () => {
    void room.join(JOIN, { only: null, microphone: false, again: false });
    expect(browser.reports).toEqual([
      { kind: 'wishes', muted: true, deafened: false },
      { kind: 'state', state: { phase: 'connecting', transport: null, again: false } },
    ]);
  });

  it('goesOnAsItWas', async () => {
    const back = room.comeBack(BEFORE, 'websocket');
    expect(browser.orders).toEqual([
      {
        kind: 'join',
        join: JOIN,
        only: 'websocket',
        muted: true,
        deafened: true,
        handRaised: false,
        resume: BEFORE.resume,
      },
    ]);
    expect(browser.reports.at(-1)).toMatchObject({ state: { phase: 'connecting', again: true } });
    browser.decide(true);
    expect(await back).toBe(true);
  });

  it('goesOnMutedWhenTheMicrophoneDoesNotFollow', async () => {
    const back = room.comeBack({ ...BEFORE, muted: false });
    browser.decide(false);
    expect(await back).toBe(false);
    expect(browser.muted).toBe(true);
    expect(await room.comeBack({ ...BEFORE, microphone: false })).toBe(true);
  });

  it('unmutesOnlyWithAMicrophone', async () => {
    await joined();
    await room.toggleMute();
    expect([browser.kinds.at(-1), room.muted]).toEqual(['mute', true]);
    browser.open = false;
    const toggling = room.toggleMute();
    browser.decide(false);
    await toggling;
    expect(room.muted).toBe(true);
    const again = room.toggleMute();
    browser.decide(true);
    await again;
    expect(room.muted).toBe(false);
  });

  it('speaksWhileTheKeyIsHeldAndOnlyThen', async () => {
    await joined();
    await room.holdToTalk(true);
    expect(room.muted).toBe(false);
    await room.toggleMute();
    await room.holdToTalk(true);
    await room.holdToTalk(true);
    expect(room.muted).toBe(false);
    await room.holdToTalk(false);
    await room.holdToTalk(false);
    expect(room.muted).toBe(true);
    expect(browser.kinds).toEqual(['join', 'mute', 'mute', 'mute']);
  });

  it('opensNoMicrophoneOutsideAMeeting', async () => {
    await joined();
    room.toggleDeafen();
    room.leave();
    browser.say({ kind: 'state', state: LEFT });
    const asked = browser.asked;
    await room.toggleMute();
    await room.holdToTalk(true);
    expect([browser.asked, browser.open, room.talking]).toEqual([asked, false, false]);
  });

  it('thinksBetterOfItWhileTheBrowserAsks', async () => {
    await room.join(JOIN, { only: null, microphone: false, again: false });
    const first = room.toggleMute();
    await room.toggleMute();
    browser.decide(true);
    await first;
    expect([browser.asked, browser.open, room.muted]).toEqual([1, false, true]);
  });

  it('comesBackAsOneLeft', async () => {
    await joined();
    await room.toggleMute();
    room.toggleDeafen();
    const you = {
      number: 1,
      user: 'ann',
      name: 'Ann',
      muted: true,
      deafened: true,
      handRaised: true,
      handRaisedAt: 1,
      away: false,
      lookalike: false,
      listener: false,
      verified: false,
    };
    browser.say({ kind: 'roster', present: [you], you: 1 });
    room.leave();
    browser.say({ kind: 'state', state: LEFT });
    const asked = browser.asked;
    expect(await room.join(JOIN, { only: null, microphone: true, again: true })).toBe(true);
    expect(browser.orders.at(-1)).toMatchObject({
      kind: 'join',
      muted: true,
      deafened: true,
      handRaised: true,
    });
    expect(browser.asked).toBe(asked);
  });

  it('isMutedAfterAnEndInMidWordOfAHeldKey', async () => {
    await joined();
    await room.toggleMute();
    await room.holdToTalk(true);
    browser.say({ kind: 'state', state: LEFT });
    expect([room.muted, room.talking]).toEqual([true, false]);
  });

  it('staysMutedWhenTheKeyIsLetGoBeforeTheMicrophoneOpens', async () => {
    await joined();
    await room.toggleMute();
    browser.open = false;
    const holding = room.holdToTalk(true);
    await room.holdToTalk(false);
    browser.decide(true);
    await holding;
    expect([room.muted, browser.open]).toEqual([true, false]);
  });

  it('comesBackSpeakingWhenOneSpokeThoughOneHadJoinedWithout', async () => {
    await room.join(JOIN, { only: null, microphone: false, again: false });
    const asked = room.toggleMute();
    browser.decide(true);
    await asked;
    room.leave();
    browser.say({ kind: 'state', state: LEFT });
    const back = room.join(JOIN, { only: null, microphone: false, again: true });
    browser.decide(true);
    await back;
    expect([room.muted, browser.open]).toEqual([false, true]);
  });

  it('showsAWishBeforeTheEdgeHasConfirmedIt', async () => {
    await joined();
    room.toggleDeafen();
    expect(browser.reports.at(-1)).toEqual({ kind: 'wishes', muted: false, deafened: true });
    browser.say({ kind: 'wishes', muted: false, deafened: false });
    room.toggleDeafen();
    expect(browser.orders.at(-1)).toEqual({ kind: 'request', request: { kind: 'deafen', deafened: true } });
  });

  it('isMutedWhenTheMicrophoneIsOfNoMoreUse', async () => {
    await joined();
    browser.say({ kind: 'microphone', trouble: 'rate' });
    expect([browser.did.at(-1), browser.muted]).toEqual(['resample', false]);
    browser.say({ kind: 'microphone', trouble: 'encoder' });
    expect(browser.reports.slice(-2)).toEqual([
      { kind: 'trouble', trouble: 'encoder' },
      { kind: 'wishes', muted: true, deafened: false },
    ]);
    browser.sink?.lost();
    expect(browser.kinds.at(-1)).toBe('mute');
  });

  it('closesTheMicrophoneAtTheEnd', async () => {
    await joined();
    browser.say({ kind: 'state', state: { phase: 'ended', failure: { kind: 'ending', ending: 'kicked' } } });
    expect([browser.open, room.microphoneOpen, room.inMeeting]).toEqual([false, false, false]);
    expect(browser.did.at(-1)).toBe('pause');
  });

  it('keepsItsPlaceWhenThePageGoesAndGivesItUpWhenNobodyComesBack', async () => {
    room.suspend();
    expect(browser.kinds).toEqual([]);
    await joined();
    room.suspend();
    expect([browser.kinds.at(-1), browser.open, room.inMeeting]).toEqual(['suspend', false, true]);
    room.giveUp();
    expect(browser.reports.at(-1)).toMatchObject({ state: { failure: { ending: 'connection_lost' } } });
    expect(room.inMeeting).toBe(false);
  });

  it('letsItsWorkerGo', async () => {
    await joined();
    room.close();
    expect([browser.kinds.at(-1), browser.did.at(-1)]).toEqual(['leave', 'terminate']);
    room.warmUp(JOIN);
    expect(browser.workers).toBe(2);
  });

  it('handsOnWhatItHearsFromItsWorkerAndItsSound', () => {
    room.warmUp(JOIN);
    browser.say({ kind: 'round-trip', milliseconds: 7 });
    browser.worker?.onerror?.call(null as never, {} as ErrorEvent);
    browser.sink?.changedTo('headset');
    browser.sink?.paused(true);
    expect(browser.reports).toEqual([
      { kind: 'round-trip', milliseconds: 7 },
      { kind: 'worker-failed' },
      { kind: 'changed-to', label: 'headset' },
      { kind: 'sound-paused', paused: true },
    ]);
  });
});
