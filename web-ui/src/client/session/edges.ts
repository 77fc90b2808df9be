import type { EdgeAddress } from './edge-api';

/** The list is asked for this often, give or take a quarter. */
const RENEW_EVERY_MS = 30_000;

/** The edges a session may go to, the one to prefer first, as the session API last said. */
export class Edges {
  #known: readonly EdgeAddress[] = [];
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly find: () => Promise<EdgeAddress[]>,
    private readonly random: () => number,
  ) {}

  get known(): readonly EdgeAddress[] {
    return this.#known;
  }

  /** Those known, without this one. */
  besides(edge: EdgeAddress | null): EdgeAddress[] {
    return this.#known.filter((known) => !edge || !isSame(known, edge));
  }

  /** Asks anew. What was known stays when that fails. @throws EdgeError */
  async renew(): Promise<readonly EdgeAddress[]> {
    this.#known = await this.find();
    return this.#known;
  }

  /** Keeps the list fresh, quietly, until `rest`. */
  keepFresh(): void {
    this.rest();
    this.#renewal = setTimeout(
      () => {
        this.keepFresh();
        // The next time is soon enough.
        this.renew().catch(() => {});
      },
      RENEW_EVERY_MS * (0.75 + 0.5 * this.random()),
    );
  }

  rest(): void {
    clearTimeout(this.#renewal);
  }
}

/** By name; an edge that has none is known by where it is. */
export function isSame(one: EdgeAddress, other: EdgeAddress): boolean {
  if (one.name !== null || other.name !== null) return one.name === other.name;
  return one.websocket === other.websocket && one.webtransport?.url === other.webtransport?.url;
}
