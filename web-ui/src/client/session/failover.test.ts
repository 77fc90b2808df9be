import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveOn, settle, TestNetwork } from '../testing/network';
import { EdgeError } from './edge-api';

describe('a session whose edge falls silent', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
    net.listed = ['a', 'b', 'c'];
  });
  afterEach(() => vi.useRealTimers());

  it('goesToAnotherEdgeAfter800MillisecondsAndDropsTheOldOneOnWelcome', async () => {
    await net.join();
    const old = net.wireTo('a');
    await vi.advanceTimersByTimeAsync(700);
    expect(net.dialled).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(100);
    expect(net.dialled).toEqual(['a', 'b']);
    expect(net.wireTo('b').enter).toEqual({ resume: 'a-token', attempt: 2 });
    expect(old.closedWith).toBeNull();
    net.wireTo('b').welcome({ resumed: true });
    expect(old.closedWith).toBe('superseded');
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'b', suspect: false });
    expect(net.forgotten).toEqual([]);
  });

  it('showsNothingOfASwiftSwitch', async () => {
    await net.join();
    await vi.advanceTimersByTimeAsync(1000);
    net.wireTo('b').welcome({ resumed: true });
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected', 'connected']);
    expect(net.states.every((state) => state.phase !== 'connected' || !state.suspect)).toBe(true);
  });

  it('saysAfterAWhileThatItIsSwitching', async () => {
    net.hanging.add('b').add('c');
    await net.join();
    await vi.advanceTimersByTimeAsync(1700);
    expect(net.state).toMatchObject({ phase: 'connected', suspect: false });
    await vi.advanceTimersByTimeAsync(200);
    expect(net.state).toMatchObject({ phase: 'connected', suspect: true });
    net.wireTo('a').hear();
    expect(net.state).toMatchObject({ phase: 'connected', suspect: false });
  });

  it('staysWhenTheOldEdgeSpeaksFirst', async () => {
    net.hanging.add('b').add('c');
    await net.join();
    await vi.advanceTimersByTimeAsync(900);
    expect(net.dialled).toEqual(['a', 'b']);
    net.wire.pong();
    await liveOn(net.wire, 5000);
    expect(net.dialled).toEqual(['a', 'b']);
    expect(net.phase).toBe('connected');
  });

  it('closesALinkThatStandsTooLate', async () => {
    await net.join();
    let stand = (): void => {};
    const gate = new Promise<void>((resolve) => {
      stand = resolve;
    });
    const { connect } = net;
    Object.assign(net, {
      connect: async (...args: Parameters<typeof connect>) => {
        await gate;
        return connect(...args);
      },
    });
    await vi.advanceTimersByTimeAsync(800);
    net.wireTo('a').pong();
    stand();
    await settle();
    expect(net.wireTo('b').closedWith).toBe('connection_lost');
    expect(net.wireTo('b').requests).toEqual([]);
  });

  it('goesThroughWithASwitchThatWasBegun', async () => {
    await net.join();
    const old = net.wireTo('a');
    await vi.advanceTimersByTimeAsync(800);
    old.pong();
    // The new edge has the session by then, and the old one is told so.
    old.end('superseded');
    expect(net.phase).toBe('connected');
    net.wireTo('b').welcome({ resumed: true });
    expect(net.state).toMatchObject({ phase: 'connected', edge: 'b' });
  });

  it('triesTheEdgesOneAfterAnotherWithoutWaitingForTheSilent', async () => {
    net.hanging.add('b');
    await net.join();
    await vi.advanceTimersByTimeAsync(800 + 390);
    expect(net.dialled).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(20);
    expect(net.wireTo('c').welcome({ resumed: true }).enter?.attempt).toBe(2);
    expect(net.state).toMatchObject({ edge: 'c' });
  });

  it('asksForANewListWhenTheKnownEdgesFail', async () => {
    net.down.add('b').add('c');
    await net.join();
    net.listed = ['b', 'd'];
    await vi.advanceTimersByTimeAsync(800);
    expect(net.dialled).toEqual(['a', 'b', 'c', 'd']);
    net.wireTo('d').welcome({ resumed: true });
    expect(net.state).toMatchObject({ edge: 'd' });
  });

  it('goesAtOnceWhenItsEdgeEndsTheConnection', async () => {
    await net.join();
    net.wireTo('a').end('shutdown');
    await settle();
    expect(net.dialled).toEqual(['a', 'b']);
    net.wireTo('b').welcome({ resumed: true });
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected', 'connected']);
  });

  it('comesBackToItsOldEdgeWhenNoOtherTakesIt', async () => {
    net.down.add('b').add('c');
    await net.join();
    net.wireTo('a').end('slow_consumer');
    await settle();
    expect(net.dialled).toEqual(['a', 'b', 'c', 'a']);
  });

  it('doesWithoutTheSessionApiWhenThatIsGoneToo', async () => {
    net.down.add('b').add('c');
    await net.join();
    net.apiFailure = new EdgeError(0, 'unreachable', '');
    net.wireTo('a').end('connection_lost');
    await settle();
    expect(net.dialled).toEqual(['a', 'b', 'c', 'a']);
  });

  it('doesNotCircleWithoutPauseAmongEdgesThatKeepSendingItAway', async () => {
    await net.join();
    for (let n = 0; n < 200; n++) {
      net.wire.end('internal_error');
      await vi.advanceTimersByTimeAsync(50);
      if (net.wire.closedWith === null && net.phase !== 'waiting') net.wire.welcome({ resumed: true });
    }
    expect(net.wires.length).toBeLessThan(10);
  });

  it('doesNotWaitForWebTransportAgainWhereWebSocketWorked', async () => {
    net.obstacle = 'timeout';
    await net.join();
    expect(net.wireTo('a').options.blocked).toBeNull();
    await liveOn(net.wireTo('a'), 200_000);
    net.wireTo('a').end('connection_lost');
    await settle();
    expect(net.wireTo('b').options.blocked).toBe('timeout');
  });

  it('renewsItsListQuietly', async () => {
    await net.join({}, () => 0.5);
    expect(net.asked).toBe(1);
    net.apiFailure = new EdgeError(503, 'draining', '');
    await liveOn(net.wire, 61_000);
    expect(net.asked).toBe(3);
    net.apiFailure = null;
    net.listed = ['e'];
    await liveOn(net.wire, 30_000);
    net.wire.end('shutdown');
    await settle();
    expect(net.dialled).toEqual(['a', 'e']);
    expect(net.states.map((state) => state.phase)).toEqual(['connecting', 'connected']);
  });
});
