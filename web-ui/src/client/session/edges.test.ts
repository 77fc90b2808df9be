import { expect, it } from 'vitest';
import type { EdgeAddress } from './edge-api';
import { Edges, isSame } from './edges';

const edge = (name: string | null, websocket = 'ws://host/ws'): EdgeAddress => ({
  name,
  webtransport: null,
  websocket,
  ticket: null,
});

it('edgesAreTheSameByNameElseByAddress', () => {
  expect(isSame(edge('a', 'ws://one/ws'), edge('a', 'ws://two/ws'))).toBe(true);
  expect(isSame(edge('a'), edge('b'))).toBe(false);
  expect(isSame(edge(null), edge('b'))).toBe(false);
  expect(isSame(edge(null), edge(null))).toBe(true);
  expect(isSame(edge(null, 'ws://one/ws'), edge(null, 'ws://two/ws'))).toBe(false);
});

it('edgesKnownStayWhenTheListCannotBeRenewed', async () => {
  let answer: () => Promise<EdgeAddress[]> = async () => [edge('a'), edge('b')];
  const edges = new Edges(
    () => answer(),
    () => 0.5,
  );
  await edges.renew();
  answer = () => Promise.reject(new Error('gone'));
  await expect(edges.renew()).rejects.toThrow('gone');
  expect(edges.besides(edge('a')).map(({ name }) => name)).toEqual(['b']);
  expect(edges.besides(null)).toHaveLength(2);
});
