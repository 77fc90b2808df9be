import type { ReactiveController } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { Loudness, LoudnessOf } from './loudness';

const loud = (number: number, loudness = 0.5) => ({ number, loudness, voice: true });

describe('loudness', () => {
  it('isToldOnlyToThoseWhoListenForWhomeverItIs', () => {
    const loudness = new Loudness();
    const [ann, bea] = [vi.fn(), vi.fn()];
    loudness.listen(1, ann);
    loudness.listen(2, bea);
    loudness.take([loud(1)]);
    expect([ann.mock.calls.length, bea.mock.calls.length]).toEqual([1, 0]);
    expect([loudness.of(1), loudness.of(2)]).toEqual([loud(1), { number: 2, loudness: 0, voice: false }]);
  });

  it('isToldWhenItChangesAndWhenItEnds', () => {
    const loudness = new Loudness();
    const ann = vi.fn();
    loudness.listen(1, ann);
    for (const each of [[loud(1)], [loud(1)], [loud(1, 0.6)], [], []]) loudness.take(each);
    expect(ann).toHaveBeenCalledTimes(3);
    expect(loudness.of(1).voice).toBe(false);
  });

  it('isToldNoMoreToWhoeverStopsListening', () => {
    const loudness = new Loudness();
    const [one, other] = [vi.fn(), vi.fn()];
    const stop = loudness.listen(1, one);
    loudness.listen(1, other);
    stop();
    stop();
    loudness.take([loud(1)]);
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([0, 1]);
  });
});

describe('an element that shows loudness', () => {
  function host(): { draws: number; of: LoudnessOf } {
    const drawn = {
      draws: 0,
      addController: (_: ReactiveController) => {},
      removeController: () => {},
      requestUpdate: () => void drawn.draws++,
      updateComplete: Promise.resolve(true),
    };
    const of = new LoudnessOf(drawn);
    return {
      of,
      get draws() {
        return drawn.draws;
      },
    };
  }

  it('isDrawnWhenItsParticipantGetsLouderAndForNobodyElse', () => {
    const loudness = new Loudness();
    const tile = host();
    expect(tile.of.now).toMatchObject({ loudness: 0, voice: false });
    tile.of.follow(loudness, 1);
    loudness.take([loud(1), loud(2)]);
    loudness.take([loud(1), loud(2, 0.9)]);
    expect([tile.draws, tile.of.now]).toEqual([1, loud(1)]);
  });

  it('followsAnotherParticipantWhenItShowsOne', () => {
    const loudness = new Loudness();
    const tile = host();
    tile.of.follow(loudness, 1);
    tile.of.follow(loudness, 2);
    loudness.take([loud(1)]);
    expect(tile.draws).toBe(0);
    loudness.take([loud(2)]);
    expect(tile.draws).toBe(1);
  });

  it('listensOnlyWhileItIsThere', () => {
    const loudness = new Loudness();
    const tile = host();
    tile.of.follow(loudness, 1);
    tile.of.hostDisconnected();
    loudness.take([loud(1)]);
    expect(tile.draws).toBe(0);
    tile.of.hostConnected();
    loudness.take([]);
    expect(tile.draws).toBe(1);
  });
});
