import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle, TestNetwork } from '../testing/network';
import { EdgeError } from './edge-api';
import { HeadStart } from './head-start';
import type { Session } from './session';

const JOIN = { room: 'r', user: 'ann', name: 'Ann' };

describe('a head start', () => {
  let net: TestNetwork;
  let headStart: HeadStart;

  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
    headStart = new HeadStart(net);
  });
  afterEach(() => void vi.useRealTimers());

  async function start(settings = {}): Promise<Session> {
    const session = net.session(settings, () => 1, headStart);
    session.start();
    await settle();
    return session;
  }

  it('hasTheEdgesAskedForOnce', async () => {
    headStart.prepareEdges(JOIN);
    await start({ join: { ...JOIN, name: 'Anne' } });
    expect([net.asked, net.dialled]).toEqual([1, ['a']]);
    net.wire.end('internal_error');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(net.asked).toBe(2);
  });

  it('asksAgainForAnotherRoomOrAfterAMinute', async () => {
    headStart.prepareEdges({ ...JOIN, room: 'other' });
    await headStart.findEdges(JOIN, 1);
    headStart.prepareEdges(JOIN);
    vi.advanceTimersByTime(60_000);
    await headStart.findEdges(JOIN, 1);
    expect(net.asked).toBe(4);
  });

  it('asksAgainWithATokenForAnotherUserAndAfterTenSeconds', async () => {
    const join = { ...JOIN, token: 'a' };
    headStart.prepareEdges(join);
    await headStart.findEdges(join, 1);
    expect(net.asked).toBe(1);
    for (const other of [{ ...join, user: 'bob' }, { ...join, token: 'b' }, JOIN]) {
      headStart.prepareEdges(join);
      net.asked = 0;
      await headStart.findEdges(other, 1);
      expect(net.asked).toBe(1);
    }
    headStart.prepareEdges(join);
    vi.advanceTimersByTime(10_000);
    net.asked = 0;
    await headStart.findEdges(join, 1);
    expect(net.asked).toBe(1);
  });

  it('asksAgainWhenThereWasNoAnswer', async () => {
    net.apiFailure = new EdgeError(429, 'rate_limited', '');
    headStart.prepareEdges(JOIN);
    net.apiFailure = null;
    expect(await headStart.findEdges(JOIN, 1)).toHaveLength(1);
  });

  it('hasTheFirstEdgeDialled', async () => {
    headStart.prepareLink(JOIN, null);
    headStart.prepareLink(JOIN, null);
    await settle();
    expect([net.asked, net.dialled]).toEqual([1, ['a']]);
    expect(net.wire.enter).toBeNull();
    await start();
    expect(net.dialled).toEqual(['a']);
    net.wire.welcome().hear();
    expect(net.heard).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(net.wire.closedWith).toBeNull();
  });

  it.each([
    { what: 'another name', settings: { join: { ...JOIN, name: 'Anne' } } },
    { what: 'another transport', settings: { only: 'websocket' } },
  ])('dialsAnewFor: $what', async ({ settings }) => {
    headStart.prepareLink(JOIN, null);
    await settle();
    await start(settings);
    expect(net.dialled).toEqual(['a', 'a']);
    expect(net.wires[0]?.closedWith).toBe('left');
    expect(net.wire.enter).not.toBeNull();
  });

  it('hangsUpWhenNobodyJoins', async () => {
    headStart.prepareLink(JOIN, null);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(net.wire.closedWith).toBe('left');
    headStart.prepareLink(JOIN, null);
    await start();
    expect(net.dialled).toEqual(['a', 'a']);
  });

  it('dialsAnewWhenTheLinkEndedMeanwhile', async () => {
    headStart.prepareLink(JOIN, null);
    await settle();
    net.wire.end('shutdown');
    await start();
    expect(net.dialled).toEqual(['a', 'a']);
    expect(net.wire.enter).not.toBeNull();
  });

  it('dialsAnewWhenTheEdgeCouldNotBeReached', async () => {
    net.down.add('a');
    headStart.prepareLink(JOIN, null);
    await settle();
    net.down.clear();
    await start();
    expect(net.wire.enter).not.toBeNull();
  });
});
