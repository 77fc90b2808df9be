/** While there is no other token, it is asked for again after so long. */
const PAUSE_MS = 2_000;

/** What a renewal needs of its session. */
export interface RenewalOwner {
  /** Where tokens are; null where there are none. */
  readonly url: string | null;
  /** The one by which the session is there. */
  readonly token: string | null;
  /** @throws Error when nothing answers */
  fetchToken(url: string): Promise<string | null>;
  /** Shows another one to the edge. */
  show(token: string): void;
  /** There is no other one so far, and what one may will end. */
  warn(milliseconds: number): void;
}

/**
 * Finds another token when what one may is about to end, and goes on looking for one until then. Owned by its
 * session.
 */
export class Renewal {
  #run = 0;
  #endsAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly owner: RenewalOwner) {}

  /** What one may ends in so many milliseconds. */
  begin(left: number): void {
    this.#endsAt = performance.now() + left;
    void this.#look(++this.#run, true);
  }

  /** The one that was shown was not taken. Whether there is any use in looking on. */
  refused(): boolean {
    const pending = performance.now() < this.#endsAt;
    if (pending) this.#again(this.#run, false);
    return pending;
  }

  close(): void {
    this.#run++;
    this.#endsAt = 0;
    clearTimeout(this.#timer);
  }

  async #look(run: number, first: boolean): Promise<void> {
    const { url } = this.owner;
    const token = url === null ? null : await this.owner.fetchToken(url).catch(() => null);
    if (run !== this.#run) return;
    if (token !== null && token !== this.owner.token) return this.owner.show(token);
    const left = this.#endsAt - performance.now();
    if (first) this.owner.warn(Math.max(left, 0));
    if (url !== null && left > 0) this.#again(run, false);
  }

  #again(run: number, first: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(run, first), PAUSE_MS);
  }
}
