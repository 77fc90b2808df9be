/**
 * Has at most one thing that somebody has to close: a device, say. Whoever asks while it is being opened
 * waits for that one. What opens after `close` was called is closed at once, and nobody gets it.
 */
export class Lease<T extends { close(): void }> {
  #held: T | null = null;
  #opening: Promise<T | null> | null = null;
  // Counts what was closed, opened or not: who opens knows by it whether it is still wanted.
  #closings = 0;

  get held(): T | null {
    return this.#held;
  }

  /** It is open, or about to be. */
  get wanted(): boolean {
    return this.#held !== null || this.#opening !== null;
  }

  /** Gives what is held, or opens it; null when it was closed meanwhile. Throws what `open` throws. */
  take(open: () => Promise<T>): Promise<T | null> {
    if (this.#held) return Promise.resolve(this.#held);
    this.#opening ??= this.#open(open, this.#closings);
    return this.#opening;
  }

  close(): void {
    this.#closings++;
    this.#opening = null;
    this.#held?.close();
    this.#held = null;
  }

  async #open(open: () => Promise<T>, closings: number): Promise<T | null> {
    try {
      const opened = await open();
      if (closings !== this.#closings) {
        opened.close();
        return null;
      }
      this.#held = opened;
      return opened;
    } catch (cause) {
      if (closings !== this.#closings) return null;
      throw cause;
    } finally {
      if (closings === this.#closings) this.#opening = null;
    }
  }
}
