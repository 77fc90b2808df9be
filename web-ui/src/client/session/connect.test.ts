import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectOptions, Connector } from './connect';
import type { LinkSink } from './link';

const SINK: LinkSink = { event: () => {}, bundle: () => {}, closed: () => {} };
const JOIN = { room: 'r', user: 'ann', name: 'Ann' };
const OPTIONS: ConnectOptions = {
  edge: {
    name: 'a',
    webtransport: { url: 'https://a/wt', certificateHashes: [] },
    websocket: 'ws://a/ws',
    ticket: null,
  },
  join: JOIN,
  only: null,
  blocked: null,
  patient: false,
  trying: () => {},
  wanted: () => true,
};

describe('a connector in a browser that delays WebTransport after failed dials', () => {
  let connector: Connector;
  /** What becomes of the next session. */
  let ready: () => Promise<void>;
  let dials: number;

  beforeEach(() => {
    vi.useFakeTimers();
    connector = new Connector();
    ready = () => Promise.reject(new Error('refused'));
    dials = 0;
    vi.stubGlobal('WebTransport', function open() {
      dials++;
      return {
        ready: ready(),
        closed: new Promise(() => {}),
        datagrams: { readable: new ReadableStream(), writable: new WritableStream() },
        createBidirectionalStream: async () => ({
          readable: new ReadableStream(),
          writable: new WritableStream(),
        }),
        close: () => {},
      };
    });
    vi.stubGlobal('WebSocket', function open() {
      const socket = { onopen: () => {}, close: () => {} };
      queueMicrotask(() => socket.onopen());
      return socket;
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const answersAfter = (milliseconds: number) => (): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  async function connect(more: Partial<ConnectOptions> = {}, within = 40_000) {
    const opening = connector.connect({ ...OPTIONS, ...more }, SINK).catch((cause: unknown) => cause);
    await vi.advanceTimersByTimeAsync(within);
    return opening;
  }

  it('takesAnEdgeThatDoesNotAnswerForBlockedUdp', async () => {
    ready = answersAfter(10_000);
    expect(await connect()).toMatchObject({ link: { transport: 'websocket' }, obstacle: 'timeout' });
  });

  it('takesNoDelayForBlockedUdpAndAddsNothingToIt', async () => {
    for (let n = 0; n < 10; n++) await connect({}, 1_000);
    expect(dials).toBe(6);
    ready = answersAfter(10_000);
    expect(await connect()).toMatchObject({ link: { transport: 'websocket' }, obstacle: 'postponed' });
    expect(dials).toBe(6);
  });

  it('waitsForTheBrowserWhereNobodyWaitsForSound', async () => {
    for (let n = 0; n < 10; n++) await connect({}, 1_000);
    ready = answersAfter(31_000);
    const patient = { only: 'webtransport', patient: true } as const;
    expect(await connect(patient)).toMatchObject({ link: { transport: 'webtransport' }, obstacle: null });
  });

  it('waitsForTheBrowserWhereNothingElseMayBeTried', async () => {
    const only = { only: 'webtransport' } as const;
    for (let n = 0; n < 10; n++) await connect(only, 1_000);
    ready = answersAfter(31_000);
    expect(await connect(only)).toMatchObject({ link: { transport: 'webtransport' } });
  });

  it('forgetsFailuresAfterFiveMinutesAndCountsNoSuccess', async () => {
    ready = answersAfter(10);
    for (let n = 0; n < 20; n++) await connect();
    expect(dials).toBe(20);
    ready = () => Promise.reject(new Error('refused'));
    for (let n = 0; n < 10; n++) await connect({}, 1_000);
    await vi.advanceTimersByTimeAsync(300_000);
    ready = answersAfter(10);
    expect(await connect()).toMatchObject({ link: { transport: 'webtransport' } });
  });
});
