import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle, TestNetwork } from '../testing/network';

const JOIN = { room: 'r', user: 'ann', name: 'Ann', token: 'first', tokenUrl: 'https://example.org/token' };

describe('a renewal', () => {
  let net: TestNetwork;

  beforeEach(async () => {
    vi.useFakeTimers();
    net = new TestNetwork();
    await net.join({ join: JOIN });
  });
  afterEach(() => void vi.useRealTimers());

  function endsIn(inMs: number): Promise<void> {
    net.wire.send({ kind: { case: 'grantEnds', value: { inMs } } });
    return settle();
  }

  function shown(): string[] {
    return net.wire.requests.flatMap((each) => (each.case === 'renew' ? [each.value.token] : []));
  }

  async function liveOn(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      await vi.advanceTimersByTimeAsync(500);
      net.wire.pong();
    }
  }

  it('showsAnotherTokenAndTellsNobody', async () => {
    net.tokens[0] = 'second';
    await endsIn(30_000);
    expect([shown(), net.grantEnds]).toEqual([['second'], []]);
    await liveOn(10_000);
    expect(shown()).toEqual(['second']);
  });

  it('tellsOnceWhenThereIsNoOtherTokenAndGoesOnAsking', async () => {
    net.tokens.splice(0, 1, 'first', null, 'second');
    await endsIn(30_000);
    expect([shown(), net.grantEnds]).toEqual([[], [30_000]]);
    await liveOn(4_000);
    expect([shown(), net.grantEnds]).toEqual([['second'], [30_000]]);
  });

  it('asksAgainWhenTheEdgeDoesNotTakeIt', async () => {
    net.tokens.splice(0, 1, 'second', 'third');
    await endsIn(30_000);
    net.wire.send({ kind: { case: 'refused', value: { error: 'unauthorized', message: 'No.' } } });
    await liveOn(2_000);
    expect([shown(), net.refusals]).toEqual([['second', 'third'], []]);
  });

  it('endsWithWhatOneMay', async () => {
    await endsIn(3_000);
    await liveOn(6_000);
    net.tokens[0] = 'late';
    await liveOn(4_000);
    expect(shown()).toEqual([]);
    net.wire.send({ kind: { case: 'refused', value: { error: 'unauthorized', message: 'No.' } } });
    expect(net.refusals).toEqual(['unauthorized']);
  });
});
