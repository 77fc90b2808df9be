import type { OpenLink } from './connect';

/** The first try comes this soon, and each further one after three times as long, give or take a quarter. */
const FIRST_MS = 5_000;
const LAST_MS = 300_000;
const GROWTH = 3;

/**
 * When a session that WebSocket carries tries WebTransport again: soon where it only failed for a moment, and
 * seldom where UDP is blocked, since failed tries make the browser slow (see WebTransportTries). Owned by
 * Connections.
 */
export class WayBack {
  #wait = FIRST_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = false;

  /** @param onDue a try shall be made */
  constructor(
    private readonly onDue: () => void,
    private readonly random: () => number,
  ) {}

  /** A try shall be made, or is being made. */
  get due(): boolean {
    return this.#due;
  }

  /** This is what carries the session from here on. */
  entered({ link, obstacle }: Pick<OpenLink, 'link' | 'obstacle'>): void {
    this.rest();
    if (link.transport === 'webtransport') this.#wait = FIRST_MS;
    else if (obstacle === 'timeout' || obstacle === 'refused' || obstacle === 'postponed') this.#begin();
  }

  /** The try came to nothing. */
  failed(): void {
    this.rest();
    this.#begin();
  }

  /** The network is another one. */
  hurry(): void {
    this.#wait = FIRST_MS;
    if (this.#timer === undefined) return;
    this.rest();
    this.#begin();
  }

  /** There is no connection to come back from. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = false;
  }

  #begin(): void {
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#due = true;
        this.onDue();
      },
      this.#wait * (0.75 + 0.5 * this.random()),
    );
    this.#wait = Math.min(LAST_MS, this.#wait * GROWTH);
  }
}
