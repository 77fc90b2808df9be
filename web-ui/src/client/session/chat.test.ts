import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANN, BEA, liveOn, TestNetwork, type Wire } from '../testing/network';

describe('a line of chat', () => {
  let net: TestNetwork;
  beforeEach(() => {
    vi.useFakeTimers();
    net = new TestNetwork();
  });
  afterEach(() => void vi.useRealTimers());

  /** What an edge was asked to say. */
  function asked(wire: Wire): { text: string; id: number }[] {
    return wire.requests.flatMap((request) =>
      request.case === 'say' ? [{ text: request.value.text, id: request.value.id }] : [],
    );
  }

  function say(wire: Wire, number: number, text: string, id: number): void {
    wire.send({ kind: { case: 'said', value: { number, text, id } } });
  }

  it('isSaidWithItsIdAndHeardWhenTheEdgeTellsIt', async () => {
    const session = await net.join();
    session.request({ kind: 'say', text: 'hello\tall' });
    expect(asked(net.wire)).toEqual(net.written);
    expect(net.words).toEqual([]);
    const [{ id = 0, text = '' } = {}] = net.written;
    expect([text, id > 0]).toEqual(['hello all', true]);
    say(net.wire, 1, text, id);
    expect(net.words).toEqual([['Ann', 'hello all']]);
  });

  it('isSaidAfterTheOutageInWhichItWasWritten', async () => {
    const session = await net.join();
    net.wire.end('shutdown');
    session.request({ kind: 'say', text: 'lost?' });
    session.request({ kind: 'say', text: 'no' });
    await vi.advanceTimersByTimeAsync(300);
    const later = net.wire.welcome({ resumed: true });
    expect(asked(later)).toEqual(net.written.slice(0, 1));
    say(later, 1, 'lost?', net.written[0]?.id ?? 0);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked(later)).toEqual(net.written);
    expect(net.unsaid).toEqual([]);
  });

  it('isSaidAgainWhenNobodyKnowsWhetherItArrived', async () => {
    const session = await net.join();
    session.request({ kind: 'say', text: 'hello' });
    const before = asked(net.wire);
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    // It is somebody new for the edge.
    const later = net.wire.welcome({ resumed: false, you: { ...ANN, number: 9 }, participants: [] });
    expect(asked(later)).toEqual(before);
    say(later, 9, 'hello', before[0]?.id ?? 0);
    await liveOn(later, 20_000);
    expect(asked(later)).toHaveLength(1);
    expect(net.words).toEqual([['Ann', 'hello']]);
  });

  it('isHeardOnceHoweverOftenItIsSaid', async () => {
    await net.join();
    net.wire.send({ kind: { case: 'joined', value: { participant: BEA } } });
    say(net.wire, BEA.number, 'hello', 5);
    say(net.wire, BEA.number, 'hello', 5);
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    const later = net.wire.welcome({ resumed: true, participants: [ANN, { ...BEA, number: 7 }] });
    say(later, 7, 'hello', 5);
    say(later, 7, 'hello', 6);
    expect(net.words).toEqual([
      ['Bea', 'hello'],
      ['Bea', 'hello'],
    ]);
  });

  it('isNotAcknowledgedBySomebodyElsesWithItsId', async () => {
    const session = await net.join();
    net.wire.send({ kind: { case: 'joined', value: { participant: BEA } } });
    session.request({ kind: 'say', text: 'hello' });
    say(net.wire, BEA.number, 'hello', net.written[0]?.id ?? 0);
    net.wire.end('shutdown');
    await vi.advanceTimersByTimeAsync(300);
    expect(asked(net.wire.welcome({ resumed: true }))).toEqual(net.written);
  });

  it('isSeenByWhoWroteItWhateverOthersOfThatUserSay', async () => {
    const session = await net.join();
    net.wire.send({ kind: { case: 'joined', value: { participant: { ...BEA, user: 'ann' } } } });
    session.request({ kind: 'say', text: 'hello' });
    const { id = 0 } = net.written[0] ?? {};
    say(net.wire, BEA.number, 'forged', id);
    say(net.wire, 1, 'hello', id);
    expect(net.words.at(-1)).toEqual(['Ann', 'hello']);
  });

  it('waitsAboveTheRateLimitAndNobodyIsToldSo', async () => {
    const session = await net.join();
    session.request({ kind: 'say', text: 'hello' });
    const refuse = (error: string): void =>
      net.wire.send({ kind: { case: 'refused', value: { error, message: '', retryAfterMs: 200 } } });
    refuse('rate_limited');
    await vi.advanceTimersByTimeAsync(400);
    expect(asked(net.wire)).toHaveLength(2);
    expect([net.refusals, net.unsaid]).toEqual([[], []]);
    refuse('bad_text');
    expect([net.refusals, net.unsaid]).toEqual([[], [['hello', 'refused']]]);
  });

  it('doesNotKeepARefusedMuteFromBeingTold', async () => {
    const session = await net.join();
    session.request({ kind: 'say', text: 'hello' });
    session.request({ kind: 'mute', muted: true });
    net.wire.send({ kind: { case: 'refused', value: { error: 'bad_text' } } });
    expect([net.refusals, net.wishes.at(-1)]).toEqual([[], [true, false]]);
    session.request({ kind: 'say', text: 'more' });
    await vi.advanceTimersByTimeAsync(100);
    net.wire.send({ kind: { case: 'refused', value: { error: 'rate_limited', retryAfterMs: 50 } } });
    expect([net.refusals, net.wishes.at(-1)]).toEqual([['rate_limited'], [false, false]]);
  });

  it('isGivenBackWhenTheSessionEnds', async () => {
    const session = await net.join();
    net.wire.end('shutdown');
    session.request({ kind: 'say', text: 'hello' });
    session.leave();
    session.request({ kind: 'say', text: 'too late' });
    expect(net.unsaid).toEqual([
      ['hello', 'ended'],
      ['too late', 'ended'],
    ]);
  });
});
