import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublisherSink } from '../media/capture/publisher';
import { type Frame, writeBundle } from '../media/frame';
import { NO_SOUND } from '../media/playout/playout';
import { EdgeError } from '../session/edge-api';
import { frame } from '../testing/frame';
import { ANN, BEA, settle, TestNetwork } from '../testing/network';
import { Call, type CallMedia, type Clock } from './call';
import type { Order, Report } from './port';

const JOIN = { room: 'r', user: 'ann', name: 'Ann' };
const MICROPHONE = { kind: 'microphone', source: new ReadableStream<AudioData>(), music: true } as const;

class TestClock implements Clock {
  readonly #steps: { readonly every: number; readonly step: () => void }[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  date(): number {
    return 1_000_000 + this.#now;
  }

  every(milliseconds: number, step: () => void): void {
    this.#steps.push({ every: milliseconds, step });
  }

  pass(milliseconds: number): void {
    for (const end = this.#now + milliseconds; this.#now < end; ) {
      this.#now++;
      for (const { every, step } of this.#steps) if (this.#now % every === 0) step();
    }
  }
}

class TestMedia implements CallMedia {
  warmed = 0;
  speaker: PublisherSink | null = null;
  readonly publisherSaid: unknown[] = [];
  readonly played: number[] = [];
  readonly forgotten: (number | undefined)[] = [];
  readonly volumes: [number, number][] = [];

  warmUp(): void {
    this.warmed++;
  }

  playout(): ReturnType<CallMedia['playout']> {
    return {
      put: ({ participant }: Frame) => this.played.push(participant),
      setVolume: (number, volume) => this.volumes.push([number, volume]),
      forget: (participant) => this.forgotten.push(participant),
      stats: () => ({ ...NO_SOUND, received: this.played.length }),
    };
  }

  publisher(sink: PublisherSink): ReturnType<CallMedia['publisher']> {
    this.speaker = sink;
    const said = this.publisherSaid;
    return {
      listenTo: (source) => said.push(source === MICROPHONE.source ? 'listens' : 'listens to another'),
      report: (way) => said.push(way),
      set muted(muted: boolean) {
        said.push(muted ? 'muted' : 'speaks');
      },
      set music(music: boolean) {
        said.push(music ? 'music' : 'speech');
      },
    };
  }
}

describe('a call', () => {
  let net: TestNetwork;
  let clock: TestClock;
  let media: TestMedia;
  let reports: Report[];
  let call: Call;

  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
    clock = new TestClock();
    media = new TestMedia();
    reports = [];
    call = new Call(net, clock, media, (report) => reports.push(report));
  });
  afterEach(() => void vi.useRealTimers());

  function of<K extends Report['kind']>(kind: K): Extract<Report, { kind: K }>[] {
    return reports.filter((report): report is Extract<Report, { kind: K }> => report.kind === kind);
  }

  async function join(order: Partial<Extract<Order, { kind: 'join' }>> = {}): Promise<void> {
    call.obey({
      kind: 'join',
      join: JOIN,
      only: null,
      muted: false,
      deafened: false,
      handRaised: false,
      resume: null,
      ...order,
    });
    await settle();
    net.wire.welcome({ participants: [ANN, BEA] });
  }

  function hear(...participants: number[]): void {
    const bundle = writeBundle(
      participants.map((participant) => frame(7, Uint8Array.of(1), { participant })),
    );
    net.wire.hear(bundle ?? new Uint8Array());
  }

  it('asksForEdgesAheadOnlyOfThoseWhoHaveAName', async () => {
    call.obey({ kind: 'warm-up', join: { ...JOIN, name: '' } });
    expect([media.warmed, net.asked]).toEqual([1, 0]);
    call.obey({ kind: 'warm-up', join: JOIN });
    expect([media.warmed, net.asked]).toEqual([2, 1]);
    await join();
    expect(net.asked).toBe(1);
  });

  it('dialsAheadWhenSomebodyIsAboutToJoin', async () => {
    call.obey({ kind: 'about-to-join', join: JOIN, only: null });
    await settle();
    expect([net.dialled, net.wire.enter]).toEqual([['a'], null]);
    await join();
    expect(net.dialled).toEqual(['a']);
    expect(net.wire.enter).not.toBeNull();
  });

  it('tellsWhoIsThereAndInWhichState', async () => {
    await join();
    expect(of('state').map(({ state }) => state.phase)).toEqual(['connecting', 'connected']);
    expect(of('roster').at(-1)).toMatchObject({ you: 1, present: [{ name: 'Ann' }, { name: 'Bea' }] });
    expect(of('resume').at(-1)).toMatchObject({ join: JOIN, resume: { token: 'a-token', attempt: 1 } });
  });

  it('joinsMutedAndDeafenedWhenTheOrderSaysSo', async () => {
    await join({ muted: true, deafened: true });
    expect(net.wire.asked).toEqual(['enter', 'setMuted', 'setDeafened']);
    expect(of('wishes').at(-1)).toEqual({ kind: 'wishes', muted: true, deafened: true });
  });

  it('leavesOneSessionForTheNext', async () => {
    await join();
    const before = net.wire;
    await join({ join: { ...JOIN, room: 'other' } });
    expect(before.closedWith).toBe('left');
    expect(net.wires).toHaveLength(2);
  });

  it('handsEveryRequestOn', async () => {
    await join();
    call.obey({ kind: 'request', request: { kind: 'rename', name: 'Anne' } });
    call.obey({ kind: 'request', request: { kind: 'raise-hand', raised: true } });
    call.obey({ kind: 'request', request: { kind: 'react', reaction: 'heart' } });
    call.obey({ kind: 'request', request: { kind: 'say', text: 'hi' } });
    call.obey({ kind: 'request', request: { kind: 'mute', muted: true } });
    expect(net.wire.asked).toEqual(['enter', 'rename', 'raiseHand', 'react', 'say', 'setMuted']);
  });

  it('tellsWhatBecomesOfALineOfChat', async () => {
    call.obey({ kind: 'request', request: { kind: 'react', reaction: 'heart' } });
    expect(reports).toEqual([]);
    call.obey({ kind: 'request', request: { kind: 'say', text: 'hi', id: 7 } });
    expect(reports).toEqual([{ kind: 'unsaid', id: 7, why: 'ended', message: '' }]);
    await join();
    reports.length = 0;
    net.wire.end('shutdown');
    call.obey({ kind: 'request', request: { kind: 'say', text: 'hi', id: 8 } });
    expect(of('writing')).toEqual([{ kind: 'writing', id: 8, text: 'hi', at: 1_000_000 }]);
    call.obey({ kind: 'leave' });
    expect(of('unsaid')).toEqual([{ kind: 'unsaid', id: 8, why: 'ended', message: '' }]);
  });

  it('tellsWhoSaidWhatWhen', async () => {
    await join();
    clock.pass(500);
    net.wire.send({ kind: { case: 'said', value: { number: ANN.number, text: 'mine', id: 5 } } });
    net.wire.send({ kind: { case: 'said', value: { number: BEA.number, text: 'hers' } } });
    net.wire.send({ kind: { case: 'reacted', value: { number: BEA.number, reaction: 3 } } });
    expect(of('said')).toEqual([
      { kind: 'said', id: 5, name: 'Ann', lookalike: false, own: true, text: 'mine', at: 1_000_500 },
      { kind: 'said', id: 0, name: 'Bea', lookalike: false, own: false, text: 'hers', at: 1_000_500 },
    ]);
    expect(of('reacted')).toEqual([{ kind: 'reacted', number: 2, name: 'Bea', reaction: 'heart' }]);
  });

  it('playsWhatComesAndShowsWhoSpeaks', async () => {
    call.obey({ kind: 'playout', port: new MessageChannel().port1, memory: null });
    await join();
    hear(2, 3);
    clock.pass(100);
    expect(media.played).toEqual([2, 3]);
    expect(
      of('speaking')
        .at(-1)
        ?.speaking.map(({ number, voice }) => [number, voice]),
    ).toEqual([
      [2, true],
      [3, true],
    ]);
    clock.pass(2_000);
    expect(of('speaking').at(-1)?.speaking).toEqual([]);
  });

  it('playsNothingThatAStallHasMadeOldAndReportsThatItCame', async () => {
    call.obey({ kind: 'playout', port: new MessageChannel().port1, memory: null });
    await join();
    const speak = (sequence: number): void =>
      net.wire.hear(writeBundle([frame(sequence, Uint8Array.of(1), { participant: 2 })]) ?? undefined);
    speak(0);
    clock.pass(2_000);
    for (let sequence = 1; sequence <= 100; sequence++) speak(sequence);
    expect(media.played).toHaveLength(1 + 26);
    clock.pass(1_000);
    expect(net.wire.requests.at(-1)).toMatchObject({
      case: 'receiverReport',
      value: { received: 100, lost: 0 },
    });
  });

  it('reportsOnceASecondWhatCameIn', async () => {
    await join();
    hear(2, 3);
    clock.pass(1_000);
    expect(net.wire.requests.at(-1)).toMatchObject({
      case: 'receiverReport',
      value: { received: 2, lost: 0 },
    });
    const { length } = net.wire.requests;
    clock.pass(1_000);
    expect(net.wire.requests).toHaveLength(length);
  });

  it('tellsFiguresOnceASecondOnceThereIsASession', async () => {
    clock.pass(3_000);
    expect(of('figures')).toEqual([]);
    call.obey({ kind: 'playout', port: new MessageChannel().port1, memory: new SharedArrayBuffer(8) });
    await join();
    clock.pass(1_000);
    expect(of('figures')).toHaveLength(1);
    hear(2);
    clock.pass(1_000);
    expect(of('figures')[1]?.figures).toMatchObject({ received: 1, shared: true, kilobitsIn: 0.136 });
  });

  it('countsConnectionsWhoseEdgeTookNoRequests', async () => {
    await join();
    net.wire.full = true;
    call.obey({ kind: 'request', request: { kind: 'raise-hand', raised: true } });
    await settle();
    clock.pass(1_000);
    expect(of('figures')[0]?.figures.overflows).toBe(1);
  });

  it('sendsTheMicrophoneWhereTheSessionIs', async () => {
    call.obey(MICROPHONE);
    expect(media.publisherSaid).toEqual(['speaks', 'music', 'listens']);
    media.speaker?.bundle(new Uint8Array(20));
    await join();
    media.speaker?.bundle(new Uint8Array(20));
    expect(net.wire.bundles).toBe(1);
    clock.pass(1_000);
    expect(of('figures')[0]?.figures).toMatchObject({ sent: 1, unsent: 0 });
  });

  it('showsOnesOwnVoiceUntilOneIsMuted', async () => {
    await join();
    call.obey(MICROPHONE);
    media.speaker?.level({ voice: true, dbov: 20 });
    clock.pass(100);
    expect(of('speaking').at(-1)?.speaking).toMatchObject([{ number: 1, voice: true }]);
    call.obey({ kind: 'request', request: { kind: 'mute', muted: true } });
    media.speaker?.level(null);
    clock.pass(100);
    expect(of('speaking').at(-1)?.speaking).toEqual([]);
    expect(media.publisherSaid.at(-1)).toBe('muted');
  });

  it('keepsTheMicrophoneMutedThatComesAfterTheWish', async () => {
    await join({ muted: true });
    call.obey(MICROPHONE);
    expect(media.publisherSaid).toEqual(['muted', 'music', 'listens']);
  });

  it('tellsWhatTroublesTheMicrophone', () => {
    call.obey(MICROPHONE);
    media.speaker?.wrongRate();
    media.speaker?.broken();
    media.speaker?.speakingWhileMuted();
    expect(reports).toEqual([
      { kind: 'microphone', trouble: 'rate' },
      { kind: 'microphone', trouble: 'encoder' },
      { kind: 'speaking-while-muted' },
    ]);
  });

  it('tellsThePublisherWhatBecameOfItsFrames', async () => {
    await join();
    call.obey(MICROPHONE);
    const value = { received: 75, lost: 25, listenersLoss: 40, maxBitrate: 24_000 };
    net.wire.send({ kind: { case: 'publisherReport', value } });
    expect(media.publisherSaid.at(-1)).toEqual({
      uplinkLoss: 0.25,
      listenersLoss: 0.04,
      unsent: 0,
      maxBitrate: 24_000,
    });
    net.wire.send({ kind: { case: 'publisherReport', value: { received: 0, lost: 0, listenersLoss: 0 } } });
    expect(media.publisherSaid.at(-1)).toEqual({ uplinkLoss: 0, listenersLoss: 0, unsent: 0, maxBitrate: 0 });
  });

  it('forgetsTheSoundOfThoseWhoAreGoneAndOfAllWhenDeafened', async () => {
    call.obey({ kind: 'playout', port: new MessageChannel().port1, memory: null });
    await join();
    media.forgotten.length = 0;
    net.wire.send({ kind: { case: 'left', value: { number: 2 } } });
    call.obey({ kind: 'request', request: { kind: 'deafen', deafened: true } });
    expect(media.forgotten).toEqual([2, undefined]);
  });

  it('setsVolumesOnceThereIsAPlayout', () => {
    call.obey({ kind: 'volume', number: 2, volume: 0.5 });
    call.obey({ kind: 'playout', port: new MessageChannel().port1, memory: null });
    call.obey({ kind: 'volume', number: 2, volume: 0.5 });
    expect(media.volumes).toEqual([[2, 0.5]]);
  });

  it('saysGoodbyeOnlyWhenItLeaves', async () => {
    await join();
    call.obey({ kind: 'suspend' });
    expect([net.wire.closedWith, net.wire.asked]).toEqual(['unloaded', ['enter']]);
    await join();
    call.obey({ kind: 'leave' });
    expect(net.wire.closedWith).toBe('left');
    expect(of('state').at(-1)?.state).toMatchObject({ phase: 'ended', failure: { ending: 'left' } });
  });

  it('doesNotWaitOutAPauseWhenTheNetworkIsBack', async () => {
    await join();
    net.apiFailure = new EdgeError(503, 'draining', '');
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300 + 600 + 1_200 + 10);
    const { asked } = net;
    call.hurry();
    await settle();
    expect(net.asked).toBe(asked + 1);
  });
});
