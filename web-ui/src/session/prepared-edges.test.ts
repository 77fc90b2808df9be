import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EdgeAddress, EdgeError } from './edge-api';
import { PreparedEdges } from './prepared-edges';

const JOIN = { room: 'demo', user: 'zoe', name: 'Zoë' };
const edge = (name: string): EdgeAddress[] => [{ name, webtransport: null, websocket: 'ws://host/ws' }];

describe('prepared edges', () => {
  const ask = vi.fn(async () => edge(`answer ${ask.mock.calls.length}`));
  const edges = (): PreparedEdges => new PreparedEdges(ask);

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    ask.mockClear();
  });

  it('areThereWhenSomebodyJoins', async () => {
    const prepared = edges();
    prepared.prepare(JOIN);
    expect(await prepared.find({ ...JOIN, name: 'Zoe' }, 1)).toEqual(edge('answer 1'));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('helpOnce', async () => {
    const prepared = edges();
    prepared.prepare(JOIN);
    await prepared.find(JOIN, 1);
    expect(await prepared.find(JOIN, 1)).toEqual(edge('answer 2'));
  });

  it('areAskedForAgainWhenTooOldOrOfAnotherRoom', async () => {
    const prepared = edges();
    prepared.prepare(JOIN);
    expect(await prepared.find({ ...JOIN, room: 'other' }, 1)).toEqual(edge('answer 2'));
    prepared.prepare(JOIN);
    vi.advanceTimersByTime(60_000);
    expect(await prepared.find(JOIN, 1)).toEqual(edge('answer 4'));
  });

  it('areAskedForAgainWhenThereWasNoAnswer', async () => {
    const prepared = edges();
    ask.mockRejectedValueOnce(new EdgeError(429, 'rate_limited', ''));
    prepared.prepare(JOIN);
    expect(await prepared.find(JOIN, 1)).toEqual(edge('answer 2'));
  });
});
