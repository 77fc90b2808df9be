import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveOn, TestNetwork } from '../testing/network';
import { EdgeError } from './edge-api';

const SILENT = new EdgeError(0, 'unreachable', '');
const BUNDLE = new Uint8Array(20);

describe('a session that has only WebSocket', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
    net.listed = ['a', 'b'];
    net.obstacle = 'timeout';
  });
  afterEach(() => vi.useRealTimers());

  it('goesBackToWebTransportWithoutASoundMissing', async () => {
    const session = await net.join({}, () => 0.5);
    expect(net.state).toMatchObject({ transport: 'websocket', obstacle: 'timeout' });
    const old = net.wire;
    net.obstacle = null;
    await liveOn(old, 5_000);
    const next = net.wire;
    expect([next.edge, next.transport, next.enter?.attempt]).toEqual(['a', 'webtransport', 2]);
    session.publish(BUNDLE);
    expect([old.bundles, next.bundles, old.closedWith]).toEqual([1, 1, null]);
    old.hear();
    next.hear();
    expect(net.heard).toBe(2);

    next.welcome({ resumed: true });
    expect(net.state).toMatchObject({ transport: 'webtransport', obstacle: null });
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected', 'connected']);
    expect(net.forgotten).toEqual([]);
    await liveOn(next, 400_000);
    expect([old.closedWith, net.wires.length]).toEqual(['superseded', 2]);
  });

  it('triesMoreAndMoreSeldomWhileThatDoesNotWork', async () => {
    await net.join({}, () => 0.5);
    await liveOn(net.wire, 300_000);
    expect(net.dialledByWebTransport.length).toBeLessThanOrEqual(5);
    expect(net.wires).toHaveLength(1);
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected']);
    net.obstacle = null;
    await liveOn(net.wire, 300_000);
    expect(net.wire.transport).toBe('webtransport');
  });

  it('triesSoonAgainOnAnotherNetwork', async () => {
    const session = await net.join({}, () => 0.5);
    await liveOn(net.wire, 100_000);
    net.obstacle = null;
    session.hurry();
    await liveOn(net.wire, 5_000);
    expect(net.wire.transport).toBe('webtransport');
  });

  it('findsTheCertificateThatTheEdgeHasNow', async () => {
    await net.join({}, () => 0.5);
    const { asked } = net;
    net.obstacle = null;
    await liveOn(net.wire, 5_000);
    expect(net.asked).toBe(asked + 1);
  });

  it('goesBackWhereTheSessionApiIsGone', async () => {
    await net.join({}, () => 0.5);
    net.apiFailure = SILENT;
    net.obstacle = null;
    await liveOn(net.wire, 5_000);
    expect(net.wire.welcome({ resumed: true })).toMatchObject({ edge: 'a', transport: 'webtransport' });
  });

  it('staysWhereItIsAskedTo', async () => {
    await net.join({ only: 'websocket' });
    await liveOn(net.wire, 400_000);
    expect(net.dialled).toEqual(['a']);
  });

  it('letsADrainedEdgeGoFirst', async () => {
    net.hanging.add('a');
    net.listed = ['b', 'a'];
    await net.join({}, () => 0.5);
    net.hanging.add('b');
    net.obstacle = null;
    const old = net.wire;
    await liveOn(old, 6_000);
    net.hanging.clear();
    old.move();
    await liveOn(old, 500);
    expect([net.wire.edge, net.wires.length]).toEqual(['a', 2]);
  });
});

describe('a session while all edges are gone', () => {
  let net: TestNetwork;
  beforeEach(async () => {
    vi.useFakeTimers();
    net = new TestNetwork();
    net.listed = ['a', 'b'];
    await net.join();
    net.apiFailure = SILENT;
    net.down.add('a').add('b');
    net.wire.end('connection_lost');
  });
  afterEach(() => vi.useRealTimers());

  it('dialsWebTransportOnceAndThenAsksBefore', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    expect(net.dialledByWebTransport).toEqual(['a', 'b']);
    // WebSocket, by which one comes in where the session API is gone for good.
    expect(net.dialled.length).toBeLessThan(12);
    expect(net.asked).toBeGreaterThan(8);
  });

  it('isOnWebTransportAtOnceWhenOneIsBack', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    net.apiFailure = null;
    net.down.clear();
    await vi.advanceTimersByTimeAsync(10_000);
    net.wire.welcome({ resumed: true });
    expect(net.state).toMatchObject({ transport: 'webtransport', obstacle: null });
  });

  it('findsAnEdgeWithoutTheSessionApi', async () => {
    await vi.advanceTimersByTimeAsync(20_000);
    net.down.clear();
    while (net.wires.length < 2) await vi.advanceTimersByTimeAsync(1_000);
    net.wire.welcome({ resumed: true });
    expect(net.state).toMatchObject({ transport: 'websocket', obstacle: 'postponed' });
    await liveOn(net.wire, 7_000);
    expect(net.wire.transport).toBe('webtransport');
  });
});
