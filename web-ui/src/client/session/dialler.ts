import type { Connect } from './connect';
import { Connection, type Listener } from './connection';
import { type EdgeAddress, EdgeError, type Join } from './edge-api';
import { Edges, isSame } from './edges';
import type { Need } from './handover';
import { NoLink, type Obstacle, type Transport } from './link';
import { type Lane, race } from './race';

/**
 * The next edge is tried when one has not answered by then: in need, and when WebTransport has had its time.
 */
const HURRIED_STAGGER_MS = 400;
const STAGGER_MS = 4_000;
/** For so long after WebTransport did not answer, it is not waited for again. */
const BLOCKED_MS = 120_000;
/** The session API has this long to answer: for the first time, and when there are other ways to go on. */
const FIRST_LIST_MS = 8_000;
const LIST_MS = 3_000;

/** What a session reaches edges by. */
export interface Network {
  readonly connect: Connect;
  /** @throws EdgeError */
  findEdges(join: Join, patience: number): Promise<EdgeAddress[]>;
}

/** Who dials. */
export interface Caller {
  readonly join: Join;
  /** The only transport to be used, if the person says so. */
  readonly only: Transport | null;
}

/** Knows where a session can go, and by which transport. Owned by Connections. */
export class Dialler {
  readonly edges: Edges;
  // The latest connection that was entered, whether or not it still stands.
  #last: Connection | null = null;
  #blockedUntil = 0;

  constructor(
    private readonly network: Network,
    private readonly caller: Caller,
    private readonly listener: Listener,
    random: () => number,
  ) {
    this.edges = new Edges(
      () => network.findEdges(caller.join, this.#last ? LIST_MS : FIRST_LIST_MS),
      random,
    );
  }

  /** This one carries the session from here on. */
  entered(connection: Connection): void {
    this.#last = connection;
    this.edges.keepFresh();
  }

  /** There is another edge than the one that carries the session, or did last. */
  get elsewhere(): boolean {
    return this.edges.besides(this.#last?.edge ?? null).length > 0;
  }

  /**
   * To the next edge: those known, then those that the session API names. Who moves has the time to ask
   * first, and who comes for the first time has to.
   * @param current the connection that stands; its edge is no place to go to
   * @param trying tells of every try
   */
  dial(
    need: Need,
    round: number,
    current: Connection | null,
    wanted: () => boolean,
    trying: (transport: Transport) => void,
  ): Promise<Connection> {
    const blocked = this.#blocked(need, round);
    const known = need === 'move' || !this.#last ? [] : this.edges.besides(this.#last.edge);
    const lane =
      (edge: EdgeAddress): Lane<Connection> =>
      (counts) =>
        this.#open(edge, blocked, counts, trying);
    const listed: Lane<Connection> = async (counts) => {
      const edges = await this.#list(need, current);
      const untried = edges.filter((edge) => !known.some((tried) => isSame(tried, edge)));
      if (untried.length === 0) throw new NoLink('absent');
      return this.#race(need, untried.map(lane), counts);
    };
    return this.#race(need, [...known.map(lane), listed], wanted);
  }

  #race(need: Need, lanes: Lane<Connection>[], wanted: () => boolean): Promise<Connection> {
    const stagger = need === 'anew' && this.#last ? HURRIED_STAGGER_MS : STAGGER_MS;
    return race(lanes, stagger, wanted, (late) => late.close('connection_lost'));
  }

  async #list(need: Need, current: Connection | null): Promise<readonly EdgeAddress[]> {
    try {
      await this.edges.renew();
    } catch (cause) {
      // What was to answer may be just the edge that is gone, or about to go.
      const answer = cause instanceof EdgeError && cause.status !== 0;
      if ((answer && need === 'anew') || this.edges.known.length < 2) throw cause;
    }
    return this.edges.besides(current?.edge ?? null);
  }

  #open(
    edge: EdgeAddress,
    blocked: Obstacle | null,
    wanted: () => boolean,
    trying: (transport: Transport) => void,
  ): Promise<Connection> {
    const { join, only } = this.caller;
    return Connection.open(edge, this.listener, async (sink) => {
      const open = await this.network.connect({ edge, join, only, blocked, trying, wanted }, sink);
      if (!blocked && open.obstacle === 'timeout') this.#blockedUntil = performance.now() + BLOCKED_MS;
      return open;
    });
  }

  // In need, what carried us last is what to begin with.
  #blocked(need: Need, round: number): Obstacle | null {
    const obstacle = need === 'anew' && round === 0 ? this.#last?.obstacle : null;
    if (obstacle === 'timeout' || obstacle === 'refused') return obstacle;
    return performance.now() < this.#blockedUntil ? 'timeout' : null;
  }
}
