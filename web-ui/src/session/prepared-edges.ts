import type { EdgeAddress, findEdges, Join } from './edge-api';

/** An answer from before that is too old: edges may have come and gone. */
const FRESH_MS = 60_000;
const PATIENCE_MS = 8_000;

/** Asks for edges while somebody is still about to join, so that they need not wait for the answer then. */
export class PreparedEdges {
  #room = '';
  #askedAt = 0;
  #answer: Promise<EdgeAddress[]> | null = null;

  constructor(private readonly ask: typeof findEdges) {}

  prepare(join: Join): void {
    this.#room = join.room;
    this.#askedAt = performance.now();
    this.#answer = this.ask(join, PATIENCE_MS);
    // Whoever joins asks anew, and is told.
    this.#answer.catch(() => {});
  }

  /**
   * The answer that was prepared for this room, the first time; else a new one.
   * @throws EdgeError
   */
  async find(join: Join, patience: number): Promise<EdgeAddress[]> {
    const prepared = this.#answer;
    const fresh = this.#room === join.room && performance.now() - this.#askedAt < FRESH_MS;
    this.#answer = null;
    if (!prepared || !fresh) return this.ask(join, patience);
    return prepared.catch(() => this.ask(join, patience));
  }
}
