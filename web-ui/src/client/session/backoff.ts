const FIRST_MS = 300;
const LAST_MS = 10_000;
/** An edge that limits us wants a pause, not another try at once. */
const PAUSE_MS = 5_000;

/**
 * How long to wait before each new try: doubling, with jitter so that a restarted edge is not met by
 * everybody.
 */
export class Backoff {
  #tries = 0;

  constructor(private readonly random: () => number = Math.random) {}

  next(pause = false): number {
    const full = Math.min(LAST_MS, FIRST_MS * 2 ** this.#tries);
    this.#tries++;
    const wait = full * (0.5 + 0.5 * this.random());
    return Math.round(Math.min(LAST_MS, Math.max(FIRST_MS, pause ? PAUSE_MS + wait : wait)));
  }

  /** As `next`, but the first try comes at once: there is another edge to go to. */
  eager(): number {
    const rested = this.#tries === 0;
    const wait = this.next();
    return rested ? 0 : wait;
  }

  reset(): void {
    this.#tries = 0;
  }
}
