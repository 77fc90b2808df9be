import { describe, expect, it } from 'vitest';
import { ControlQueue, MAX_WAITING_BYTES } from './control-queue';

describe('the queue of requests', () => {
  it('takesWhatFitsAndNothingMoreUntilSomeHasLeft', () => {
    const way = {
      waiting: 0,
      write(bytes: Uint8Array) {
        this.waiting += bytes.byteLength;
      },
    };
    const queue = new ControlQueue(way);
    const longest = new Uint8Array(MAX_WAITING_BYTES / 16);
    for (let i = 0; i < 16; i++) expect(queue.put(longest)).toBe(true);
    expect(queue.put(Uint8Array.of(1))).toBe(false);
    expect(way.waiting).toBe(MAX_WAITING_BYTES);
    way.waiting = 0;
    expect(queue.put(Uint8Array.of(1))).toBe(true);
  });
});
