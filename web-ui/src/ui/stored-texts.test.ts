import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storedTexts, storeTexts } from './stored-texts';

const PATH = '/meeting/ann/demo';
const NOTHING = { draft: '', unsaid: [] };
const MESSAGE = {
  id: 3,
  name: 'Ann',
  lookalike: false,
  listener: false,
  verified: false,
  own: true,
  text: 'hello',
  at: 1,
  line: 7,
  why: null,
  reason: '',
};

describe('stored texts', () => {
  let items: Map<string, string>;
  beforeEach(() => {
    items = new Map();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
      removeItem: (key: string) => items.delete(key),
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('areFoundByThePageOfTheSameAddress', () => {
    storeTexts(PATH, {
      draft: 'half a sen',
      unsaid: [MESSAGE, { ...MESSAGE, why: 'refused', reason: 'no' }],
    });
    expect(storedTexts(PATH)).toEqual({
      draft: 'half a sen',
      unsaid: [
        { ...MESSAGE, why: 'ended' },
        { ...MESSAGE, why: 'refused', reason: 'no' },
      ],
    });
    expect(storedTexts('/meeting/ann/other')).toEqual(NOTHING);
  });

  it('leaveNothingBehind', () => {
    storeTexts(PATH, { draft: 'a', unsaid: [] });
    storeTexts(PATH, NOTHING);
    expect(items.size).toBe(0);
  });

  it('areNoneWhenTheStorageHoldsSomethingElseOrFails', () => {
    for (const text of [
      '{',
      'null',
      '7',
      '{"draft":1}',
      '{"draft":""}',
      '{"draft":"","unsaid":[{}]}',
      '{"draft":"","unsaid":[null]}',
    ]) {
      items.set(`confab.texts:${PATH}`, text);
      expect(storedTexts(PATH)).toEqual(NOTHING);
    }
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => storeTexts(PATH, { draft: 'a', unsaid: [] })).not.toThrow();
    expect(storedTexts(PATH)).toEqual(NOTHING);
  });
});
