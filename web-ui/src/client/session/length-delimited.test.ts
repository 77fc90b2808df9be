import { describe, expect, it } from 'vitest';
import { generator } from '../testing/random';
import { LengthDelimitedReader, TooLong, writeLengthDelimited } from './length-delimited';

const body = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);
const concat = (parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a length-delimited reader', () => {
  it('findsControlMessagesHoweverTheStreamIsCut', () => {
    const random = generator(3);
    const bodies = [0, 1, 127, 128, 300, 5000].map((length, i) => body(length, i));
    const stream = concat(bodies.map(writeLengthDelimited));
    for (let round = 0; round < 200; round++) {
      const reader = new LengthDelimitedReader();
      const found: Uint8Array[] = [];
      for (let at = 0; at < stream.length; ) {
        const size = 1 + random(round < 20 ? 1 : 2000);
        found.push(...reader.take(stream.subarray(at, at + size)));
        at += size;
      }
      expect(found.map((each) => [...each])).toEqual(bodies.map((each) => [...each]));
    }
  });

  it('refusesALengthAboveTheLimitBeforeTheBytesCome', () => {
    const reader = new LengthDelimitedReader(1000);
    expect(reader.take(writeLengthDelimited(body(1000)))).toHaveLength(1);
    expect(() => reader.take(writeLengthDelimited(body(1001)).subarray(0, 2))).toThrow(TooLong);
    expect(() => new LengthDelimitedReader().take(body(11, 0xff))).toThrow(TooLong);
  });

  it('keepsNothingOfWhatTheCallerReuses', () => {
    const reader = new LengthDelimitedReader();
    const buffer = writeLengthDelimited(body(10)).slice(0, 6);
    expect(reader.take(buffer)).toEqual([]);
    buffer.fill(0);
    expect(reader.take(body(5))).toEqual([body(10)]);
  });
});
