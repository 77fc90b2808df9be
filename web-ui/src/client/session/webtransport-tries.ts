/** Chromium counts a failed WebTransport dial for so long, whatever succeeds meanwhile. */
const MEMORY_MS = 300_000;
/** So many failures cost the next dial a quarter of a second; each further one doubles it, up to 30 s. */
const FEW = 5;

/**
 * The WebTransport dials of this page that came to nothing lately. Chromium (156) delays new sessions by
 * their number, so that a slow dial after many says nothing of the network. Owned by the worker.
 */
export class WebTransportTries {
  #failed: number[] = [];

  /** The browser holds the next dial back for longer than somebody without sound should wait. */
  get many(): boolean {
    const since = performance.now() - MEMORY_MS;
    this.#failed = this.#failed.filter((at) => at > since);
    return this.#failed.length > FEW;
  }

  /** Takes note of a dial. It counts from its beginning until it has succeeded, as in the browser. */
  async count<T>(dial: Promise<T>): Promise<T> {
    const at = performance.now();
    this.#failed.push(at);
    const result = await dial;
    this.#failed.splice(this.#failed.indexOf(at), 1);
    return result;
  }
}
