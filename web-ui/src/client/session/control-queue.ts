/**
 * Sixteen of the longest lines of chat, or thousands of other requests. An edge that reads has taken them
 * long before, since it lets nobody ask more than some ten times a second.
 */
export const MAX_WAITING_BYTES = 1 << 16;

/** What the requests leave by. */
export interface ControlWay {
  /** Bytes that the browser has and has not sent yet. */
  readonly waiting: number;
  write(bytes: Uint8Array<ArrayBuffer>): void;
}

/**
 * The requests on their way out of one link. Bound: 64 KiB that wait in the browser. What does not fit is not
 * taken: an edge that has stopped reading is no edge any more, so the connection closes as a slow consumer
 * and the session goes on by the next one. The connection puts, the browser takes; `Figures.overflows` counts
 * how often that happened.
 */
export class ControlQueue {
  constructor(private readonly way: ControlWay) {}

  /** False when it is full. */
  put(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.way.waiting + bytes.byteLength > MAX_WAITING_BYTES) return false;
    this.way.write(bytes);
    return true;
  }
}
