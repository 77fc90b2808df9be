/** More than a jitter buffer looks back and ahead; a power of two, so that the wrap of sequences fits. */
const REMEMBERED = 1024;
const NONE = -1;

/** Tells frames that come a second time from those that come late. */
export class RecentSequences {
  readonly #slots = new Float64Array(REMEMBERED).fill(NONE);

  /** False when this one was here before. */
  add(sequence: number): boolean {
    const slot = sequence % REMEMBERED;
    if (this.#slots[slot] === sequence) return false;
    this.#slots[slot] = sequence;
    return true;
  }

  clear(): void {
    this.#slots.fill(NONE);
  }
}
