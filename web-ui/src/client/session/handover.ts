import type { Connection } from './connection';
import { NoLink } from './link';

/** An edge that has not answered `Enter` by then is given up. */
const WELCOME_MS = 4_000;

/**
 * `anew`: there is no connection, or one that is silent. `move`: there is one, but its edge is about to end.
 * `return`: there is one, over WebSocket, and it is time to see whether WebTransport works.
 */
export type Need = 'anew' | 'move' | 'return';

export interface HandoverOwner {
  /** A round begins, the first is 0. The link that it brings is not said anything on yet. */
  dial(need: Need, round: number, wanted: () => boolean): Promise<Connection>;
  /** To say `Enter` on this one. */
  enter(connection: Connection): void;
  /** A round came to nothing. Returns the wait before the next, or null when there is none. */
  failed(cause: unknown, need: Need): number | null;
}

/**
 * The way to the next connection of a session: rounds of dialling until a link stands, then `Enter` on it.
 * From then on it is committed, since the edge there may already have taken the session over. Its owner sees
 * the `Welcome`.
 */
export class Handover {
  #entering: Connection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pausing = false;
  #round = 0;
  #stopped = false;

  constructor(
    readonly need: Need,
    private readonly owner: HandoverOwner,
  ) {}

  /** The connection that waits for its `Welcome`. */
  get entering(): Connection | null {
    return this.#entering;
  }

  /** Between two rounds. */
  get pausing(): boolean {
    return this.#pausing;
  }

  begin(wait: number): void {
    this.#pausing = wait > 0;
    if (this.#pausing) this.#timer = setTimeout(() => void this.#search(), wait);
    else void this.#search();
  }

  /** The entering connection is lost, or its edge does not answer. */
  fail(cause: unknown): void {
    clearTimeout(this.#timer);
    this.#entering = null;
    const wait = this.owner.failed(cause, this.need);
    if (wait !== null && !this.#stopped) this.begin(wait);
  }

  /**
   * Over, by success or otherwise. What still comes to stand is closed; the entering connection is the
   * owner's.
   */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #search(): Promise<void> {
    this.#pausing = false;
    const wanted = (): boolean => !this.#stopped;
    try {
      const connection = await this.owner.dial(this.need, this.#round++, wanted);
      if (!wanted()) giveUp(connection);
      else if (connection.ended) this.fail(new NoLink('refused'));
      else this.#enter(connection);
    } catch (cause) {
      if (wanted()) this.fail(cause);
    }
  }

  #enter(connection: Connection): void {
    this.#entering = connection;
    this.#timer = setTimeout(() => {
      giveUp(connection);
      this.fail(new NoLink('timeout'));
    }, WELCOME_MS);
    this.owner.enter(connection);
  }
}

// Not `left`: a connection that was entered may stand for the whole session already.
function giveUp(connection: Connection): void {
  connection.close('connection_lost');
}
