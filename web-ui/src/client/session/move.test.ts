import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveOn, settle, TestNetwork } from '../testing/network';
import { EdgeError } from './edge-api';

const BUNDLE = new Uint8Array(20);

describe('a session whose edge asks it to move', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
    net.listed = ['a', 'b'];
  });
  afterEach(() => vi.useRealTimers());

  it('speaksAndListensOnBothConnectionsForHalfASecond', async () => {
    const session = await net.join({}, () => 0);
    const old = net.wireTo('a');
    old.move();
    await settle();
    const next = net.wireTo('b');
    expect(next.enter).toEqual({ resume: 'a-token', attempt: 2 });
    session.publish(BUNDLE);
    expect([old.bundles, next.bundles]).toEqual([1, 1]);

    next.welcome({ resumed: true });
    session.publish(BUNDLE);
    expect([old.bundles, next.bundles]).toEqual([2, 2]);
    old.hear();
    next.hear();
    expect(net.heard).toBe(2);
    await liveOn(next, 400);
    expect(old.closedWith).toBeNull();

    await liveOn(next, 200);
    expect(old.closedWith).toBe('superseded');
    session.publish(BUNDLE);
    old.hear();
    expect([old.bundles, next.bundles, net.heard]).toEqual([2, 3, 2]);
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected', 'connected']);
    expect(net.forgotten).toEqual([]);
  });

  it('asksForAFreshListFirst', async () => {
    await net.join({}, () => 0);
    net.listed = ['a', 'z'];
    net.wireTo('a').move();
    await settle();
    expect(net.dialled).toEqual(['a', 'z']);
  });

  it('goesToAnEdgeItKnowsWhenThereIsNoFreshList', async () => {
    await net.join({}, () => 0);
    net.apiFailure = new EdgeError(503, 'draining', '');
    net.wireTo('a').move();
    await settle();
    expect(net.dialled).toEqual(['a', 'b']);
  });

  it('staysWhileThereIsNoOtherEdgeAndAsksAgain', async () => {
    net.listed = ['a'];
    await net.join({}, () => 0);
    const old = net.wire;
    old.move();
    await liveOn(old, 5000);
    expect(net.dialled).toEqual(['a']);
    expect(net.asked).toBeGreaterThan(3);
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected']);
    net.listed = ['a', 'b'];
    await liveOn(old, 2000);
    net.wireTo('b').welcome({ resumed: true });
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'b' });
  });

  it('doesNotMindThatTheOldEdgeEndsTheConnectionEarly', async () => {
    await net.join({}, () => 0);
    const old = net.wireTo('a');
    old.move();
    await settle();
    net.wireTo('b').welcome({ resumed: true });
    old.end('superseded');
    await liveOn(net.wireTo('b'), 1000);
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'b' });
    expect(net.wires).toHaveLength(2);
  });

  it('goesElsewhereAtOnceWhenTheEdgeEndsBeforeItHasMoved', async () => {
    net.hanging.add('b');
    await net.join({}, () => 0);
    net.listed = ['b', 'c'];
    const old = net.wireTo('a');
    old.move();
    await liveOn(old, 200);
    net.hanging.clear();
    old.end('shutdown');
    await settle();
    net.wire.welcome({ resumed: true });
    expect(net.phase).toBe('connected');
  });

  it('movesOnAfterADoubtAboutItsEdgeHasPassed', async () => {
    net.hanging.add('b');
    await net.join({}, () => 0);
    const old = net.wireTo('a');
    old.move();
    await vi.advanceTimersByTimeAsync(900);
    net.hanging.clear();
    old.pong();
    await liveOn(old, 100);
    net.wireTo('b').welcome({ resumed: true });
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'b' });
  });
});
